package io.consentry.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.consentry.program.Wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ready-made client of the sandbox with one customer at its counter: it speaks each step for itself and hands back the
 * raw answer, so that a step can be sent to any node, sent twice, or be cut off in the middle.
 */
public final class Bank {

    private final Wire wire;
    private final String issuer;
    private final JsonNode client;
    private final JWKSet keys;
    private final DPoPProofFactory proofs;
    private final CodeVerifier verifier = new CodeVerifier();

    private Bank(Wire wire, String issuer, JsonNode client, JWKSet keys, ECKey dpopKey) throws JOSEException {
        this.wire = wire;
        this.issuer = issuer;
        this.client = client;
        this.keys = keys;
        this.proofs = new DefaultDPoPProofFactory(dpopKey, JWSAlgorithm.ES256);
    }

    /** The ready-made clients, as a sandbox describes them. */
    public static JsonNode all(Wire wire, URI node) throws IOException, InterruptedException {
        return wire.get(node.resolve("/sandbox/clients")).expect(200).json();
    }

    /** One of them, with a fresh DPoP key and verifier. */
    public static Bank visit(Wire wire, URI base, JsonNode all, String clientId) {
        try {
            for (JsonNode one : all) {
                if (one.get("client_id").asText().equals(clientId)) {
                    JWKSet keys = JWKSet.parse(one.get("jwks").toString());
                    ECKey dpopKey = new ECKeyGenerator(Curve.P_256).generate();
                    return new Bank(wire, base + "/fapi", one, keys, dpopKey);
                }
            }
        } catch (JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("there is no ready-made client " + clientId);
    }

    public String clientId() {
        return client.get("client_id").asText();
    }

    /** Pushes a request for all that the client is registered for. */
    public Answer push(URI node) throws IOException, InterruptedException {
        return push(node, Map.of());
    }

    /** The same with further parameters. */
    public Answer push(URI node, Map<String, String> more) throws IOException, InterruptedException {
        var form = new TreeMap<>(more);
        form.put("response_type", "code");
        form.put("client_id", clientId());
        form.putIfAbsent("scope", client.get("scope").asText());
        form.put("redirect_uri", redirectUri());
        form.put(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
        form.put("code_challenge_method", "S256");
        return post(node, "/par", form);
    }

    /** The person decides, without a browser. */
    public Answer decide(URI node, String requestUri, String uinfin, String decision)
            throws IOException, InterruptedException {
        return wire.json(
                "POST", node.resolve("/sandbox/decisions"), """
                {"client_id": "%s", "request_uri": "%s", "uinfin": "%s", "decision": "%s"}""".formatted(clientId(), requestUri, uinfin, decision));
    }

    /** The code in the address that the browser is sent to. */
    public static String code(Answer decided) {
        URI redirect = URI.create(decided.expect(200).json().get("redirect_to").asText());
        return URLUtils.parseParameters(redirect.getRawQuery()).get("code").getFirst();
    }

    public Answer redeem(URI node, String code) throws IOException, InterruptedException {
        var form = new TreeMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri());
        form.put("code_verifier", verifier.getValue());
        return post(node, "/token", form);
    }

    public Answer fetch(URI node, String accessToken) throws IOException, InterruptedException {
        return wire.get(
                node.resolve("/fapi/userinfo"),
                "Authorization",
                "DPoP " + accessToken,
                "DPoP",
                proof("GET", "/userinfo", accessToken));
    }

    /** A proof for one fetch, to be sent when it suits. */
    public String fetchProof(String accessToken) {
        return proof("GET", "/userinfo", accessToken);
    }

    /** From the push to the access token, all at one node. */
    public String accessToken(URI node, String uinfin) throws IOException, InterruptedException {
        return accessToken(node, uinfin, Map.of());
    }

    /** The same with further parameters in the push. */
    public String accessToken(URI node, String uinfin, Map<String, String> more)
            throws IOException, InterruptedException {
        String requestUri =
                push(node, more).expect(201).json().get("request_uri").asText();
        String code = code(decide(node, requestUri, uinfin, "approve"));
        return redeem(node, code).expect(200).json().get("access_token").asText();
    }

    /** The record in an answer of the data API, opened as far as it is sealed. */
    public JsonNode open(Answer released) {
        released.expect(200);
        if (!released.header("content-type").startsWith("application/jwt")) {
            return released.json();
        }
        return new Answer(released.request(), 200, Map.of(), claimsOf(released.body())).json();
    }

    /** The claims of an ID token. */
    public JsonNode openIdToken(String idToken) throws IOException {
        return new ObjectMapper().readTree(claimsOf(idToken));
    }

    private String claimsOf(String sealedOrNot) {
        try {
            String jwt = sealedOrNot;
            if (jwt.chars().filter(c -> c == '.').count() == 4) {
                JWEObject sealed = JWEObject.parse(jwt);
                sealed.decrypt(new ECDHDecrypter(key(KeyUse.ENCRYPTION).toECKey()));
                jwt = sealed.getPayload().toString();
            }
            return JWSObject.parse(jwt).getPayload().toString();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Answer post(URI node, String endpoint, Map<String, String> form) throws IOException, InterruptedException {
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion());
        var parameters = new TreeMap<String, List<String>>();
        form.forEach((name, value) -> parameters.put(name, List.of(value)));
        return wire.form(
                node.resolve("/fapi" + endpoint),
                URLUtils.serializeParameters(parameters),
                "DPoP",
                proof("POST", endpoint, ""));
    }

    private String redirectUri() {
        return client.get("redirect_uris").get(0).asText();
    }

    private String assertion() {
        var id = new ClientID(clientId());
        var claims = new JWTAuthenticationClaimsSet(id, new Audience(issuer));
        JWK key = key(KeyUse.SIGNATURE);
        try {
            PrivateKeyJWT assertion = key instanceof ECKey ec
                    ? new PrivateKeyJWT(claims, JWSAlgorithm.ES256, ec.toPrivateKey(), key.getKeyID(), null)
                    : new PrivateKeyJWT(
                            claims, JWSAlgorithm.PS256, key.toRSAKey().toPrivateKey(), key.getKeyID(), null);
            return assertion.getClientAssertion().serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Bound to the issuer's address, whichever node it is sent to: nodes stand behind one. */
    private String proof(String method, String endpoint, String accessToken) {
        try {
            URI htu = URI.create(issuer + endpoint);
            return (accessToken.isEmpty()
                            ? proofs.createDPoPJWT(method, htu)
                            : proofs.createDPoPJWT(method, htu, new DPoPAccessToken(accessToken)))
                    .serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private JWK key(KeyUse use) {
        return keys.getKeys().stream()
                .filter(key -> use.equals(key.getKeyUse()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(clientId() + " has no key for " + use));
    }
}
