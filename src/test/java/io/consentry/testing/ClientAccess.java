package io.consentry.testing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A client in its own name. {@link #token} hands out a valid request for a token ({@code client_credentials}); {@link #get}
 * remembers it, and {@link #call} uses it at a resource. Does not print.
 */
public final class ClientAccess {

    private final TestClient client;
    private final JWK dpopKey = TestClient.ecKey(KeyUse.SIGNATURE);
    private String accessToken = "";

    private ClientAccess(TestClient client) {
        this.client = client;
    }

    public static ClientAccess of(TestClient client) {
        return new ClientAccess(client);
    }

    /** A token for these scopes, separated by spaces. */
    public static ClientAccess of(TestClient client, String scope) {
        return new ClientAccess(client).get(scope);
    }

    /** A valid request for a token (RFC 6749 §4.4.2). */
    public Call token(String scope) {
        return Call.to("POST", "/fapi/token")
                .with("grant_type", "client_credentials")
                .with("scope", scope)
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .authenticatedBy(client.assertion())
                .proofs(proof("POST", "/token"));
    }

    /** Gets a token, and remembers it. */
    public ClientAccess get(String scope) {
        accessToken = token(scope).send().is(200).text("access_token");
        return this;
    }

    /** A valid request to a resource, for example {@code /grants/…} after the issuer. */
    public Call call(String method, String resource) {
        return callWith(accessToken, method, resource);
    }

    /** The same with a token that came another way. */
    public Call callWith(String token, String method, String resource) {
        return Call.to(method, "/fapi" + resource)
                .header("Authorization", "DPoP " + token)
                .proofs(proof(method, resource).claim("ath", hash(token)));
    }

    /** A proof of this client's DPoP key. */
    public Jwt proof(String method, String endpoint) {
        return new Jwt(dpopKey, JWSAlgorithm.ES256)
                .header("typ", "dpop+jwt")
                .header("jwk", dpopKey.toPublicJWK().toJSONObject())
                .claim("jti", UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", Service.issuer() + endpoint)
                .claim("iat", TestClock.now().getEpochSecond());
    }

    public String accessToken() {
        return accessToken;
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

    @Override
    public String toString() {
        return "ClientAccess[" + client.id() + ", redacted]";
    }
}
