package io.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The flow of one customer at one client. {@link #par}, {@link #token} and {@link #userinfo} hand out valid requests to be
 * spoilt; {@link #push}, {@link #approve}, {@link #redeem} and {@link #fetch} send them and remember what came of it.
 */
public final class ClientFlow {

    /** A person of whom every agency holds something. */
    public static final String COMPLETE = "S9812381D";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestClient client;
    private final JWK dpopKey;
    private final CodeVerifier verifier = new CodeVerifier();
    private final String state = UUID.randomUUID().toString();
    private final String nonce = UUID.randomUUID().toString();
    private String scope;
    private String redirectUri;
    private String requestUri = "";
    private String code = "";
    private String accessToken = "";
    private String idToken = "";

    ClientFlow(TestClient client, JWK dpopKey) {
        this.client = client;
        this.dpopKey = dpopKey;
        this.scope = client.scope();
        this.redirectUri = client.redirectUri();
    }

    /** Asks for these scopes instead of all that the client is registered for. */
    public ClientFlow asking(String scopes) {
        this.scope = scopes;
        return this;
    }

    /** Has the answer sent to another address. */
    public ClientFlow returningTo(String uri) {
        this.redirectUri = uri;
        return this;
    }

    /** A valid push (RFC 9126 §2.1). */
    public Call par() {
        return Call.to("POST", "/fapi/par")
                .with("client_id", client.id())
                .with("response_type", "code")
                .with("redirect_uri", redirectUri)
                .with("scope", scope)
                .with("state", state)
                .with("nonce", nonce)
                .with("code_challenge", challenge())
                .with("code_challenge_method", "S256")
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .authenticatedBy(client.assertion())
                .proofs(proof("POST", "/par"));
    }

    /** Pushes. */
    public ClientFlow push() {
        return pushed(par());
    }

    /** Pushes a request that differs. */
    public ClientFlow pushed(Call request) {
        return pushed(request.send().is(201));
    }

    /** Goes on from the answer to a push. */
    public ClientFlow pushed(Answer answer) {
        requestUri = answer.text("request_uri");
        return this;
    }

    /** A push that wants a grant changed (Grant Management for OAuth 2.0 §5.1). */
    public Call amending(String action, String grantId) {
        return par().with("grant_management_action", action).with("grant_id", grantId);
    }

    /** The request to the authorization endpoint, as the customer's browser sends it. */
    public Call authorize() {
        return authorizing(requestUri);
    }

    /** The same for another pushed request. */
    public Call authorizing(String uri) {
        return Call.to("GET", "/fapi/auth?client_id=" + client.id() + "&request_uri=" + uri)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    /** A decision without a browser. */
    public Call decision(String uinfin, String decision, String... declined) {
        ObjectNode body = JSON.createObjectNode()
                .put("client_id", client.id())
                .put("request_uri", requestUri)
                .put("uinfin", uinfin)
                .put("decision", decision);
        if (declined.length > 0) {
            var scopes = body.putArray("declined");
            Arrays.stream(declined).forEach(scopes::add);
        }
        return Call.json("POST", "/sandbox/decisions", body.toString());
    }

    /** The person approves, less what they decline; the code is remembered. */
    public Map<String, String> approve(String uinfin, String... declined) {
        Map<String, String> answer = redirected(decision(uinfin, "approve", declined));
        code = answer.getOrDefault("code", "");
        assertThat(code).isNotEmpty();
        return answer;
    }

    /** What the customer's browser brought back by a redirect; a code in it is remembered. */
    public Map<String, String> returned(URI redirect) {
        Map<String, String> answer = query(redirect);
        code = answer.getOrDefault("code", "");
        return answer;
    }

    /** The person refuses. */
    public Map<String, String> refuse(String uinfin) {
        return redirected(decision(uinfin, "deny"));
    }

    /** Where a decision without a browser leads, whether it could be made or not. */
    public Map<String, String> redirected(String uinfin) {
        return redirected(decision(uinfin, "approve"));
    }

    /** Takes a code that came back by another way. */
    public ClientFlow code(String value) {
        this.code = value;
        return this;
    }

    private static Map<String, String> redirected(Call decision) {
        return query(URI.create(decision.send().is(200).text("redirect_to")));
    }

    /** A valid redemption (RFC 6749 §4.1.3). */
    public Call token() {
        return Call.to("POST", "/fapi/token")
                .with("grant_type", "authorization_code")
                .with("client_id", client.id())
                .with("code", code)
                .with("redirect_uri", redirectUri)
                .with("code_verifier", verifier.getValue())
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .authenticatedBy(client.assertion())
                .proofs(proof("POST", "/token"));
    }

    /** Redeems the code; the tokens are remembered. */
    public Answer redeem() {
        return redeemed(token());
    }

    /** Redeems by a request that differs; the tokens are remembered. */
    public Answer redeemed(Call request) {
        Answer answer = request.send().is(200);
        accessToken = answer.text("access_token");
        idToken = answer.text("id_token");
        return answer;
    }

    /** A valid refresh (RFC 6749 §6). */
    public Call refresh(String refreshToken) {
        return Call.to("POST", "/fapi/token")
                .with("grant_type", "refresh_token")
                .with("refresh_token", refreshToken)
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .authenticatedBy(client.assertion())
                .proofs(proof("POST", "/token"));
    }

    /** A valid request for the record. */
    public Call userinfo() {
        return userinfo(accessToken);
    }

    /** The same with a token that came another way, which the flow goes on with. */
    public Call userinfo(String token) {
        accessToken = token;
        return Call.to("GET", "/fapi/userinfo")
                .header("Authorization", "DPoP " + accessToken)
                .proofs(resourceProof("GET"));
    }

    /** The record, with another token of this flow's key. */
    public ReceivedRecord fetchWith(String token) {
        return ReceivedRecord.open(userinfo(token).send().is(200), client);
    }

    /** A valid revocation of the access token (RFC 7009 §2.1). */
    public Call revocation() {
        return Call.to("POST", "/fapi/revoke")
                .with("token", accessToken)
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .authenticatedBy(client.assertion());
    }

    /** The record, opened and verified. */
    public ReceivedRecord fetch() {
        return ReceivedRecord.open(userinfo().send().is(200), client);
    }

    /** From the push to the access token. */
    public ClientFlow untilToken(String uinfin, String... declined) {
        push();
        approve(uinfin, declined);
        redeem();
        return this;
    }

    /** From the push to the record. */
    public ReceivedRecord wholeFlow(String uinfin, String... declined) {
        return untilToken(uinfin, declined).fetch();
    }

    /** A proof for PAR or the token endpoint (RFC 9449 §4.2). */
    public Jwt proof(String method, String endpoint) {
        return new Jwt(dpopKey, dpopKey.getKeyType().equals(KeyType.RSA) ? JWSAlgorithm.PS256 : JWSAlgorithm.ES256)
                .header("typ", "dpop+jwt")
                .header("jwk", dpopKey.toPublicJWK().toJSONObject())
                .claim("jti", UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", Service.issuer() + endpoint)
                .claim("iat", TestClock.now().getEpochSecond());
    }

    /** A proof for the resource, with the hash of the access token. */
    public Jwt resourceProof(String method) {
        return proof(method, "/userinfo").claim("ath", hash(accessToken));
    }

    public TestClient client() {
        return client;
    }

    public JWK dpopKey() {
        return dpopKey;
    }

    /** The thumbprint of the DPoP key (RFC 7638). */
    public String thumbprint() {
        try {
            return dpopKey.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String challenge() {
        return CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
    }

    public String redirectUri() {
        return redirectUri;
    }

    public String verifier() {
        return verifier.getValue();
    }

    public String state() {
        return state;
    }

    public String nonce() {
        return nonce;
    }

    public String requestUri() {
        return requestUri;
    }

    public String code() {
        return code;
    }

    public String accessToken() {
        return accessToken;
    }

    public String idToken() {
        return idToken;
    }

    /** The parameters of a redirect; fails when one comes twice or when there is a fragment. */
    public static Map<String, String> query(URI uri) {
        assertThat(uri.getRawFragment()).isNull();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : uri.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            String earlier = parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            assertThat(earlier).as("second " + parts[0]).isNull();
        }
        return parameters;
    }

    private static String hash(String token) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
