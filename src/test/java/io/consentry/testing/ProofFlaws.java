package io.consentry.testing;

import com.nimbusds.jose.jwk.KeyUse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** What can be wrong with a DPoP proof (RFC 9449 §4.3) wherever it is shown, and what is odd and yet right. */
public final class ProofFlaws {

    private static final long HOUR = 3600;

    private ProofFlaws() {}

    public static Stream<Arguments> ofAnyProof() {
        return Stream.of(
                flaw("no typ", jwt -> jwt.header("typ", null)),
                flaw("typ JWT", jwt -> jwt.header("typ", "JWT")),
                flaw("another media type as typ", jwt -> jwt.header("typ", "text/dpop+jwt")),
                flaw("an empty crit", jwt -> jwt.header("crit", List.of())),
                flaw(
                        "b64 as a critical header",
                        jwt -> jwt.header("crit", List.of("b64")).header("b64", true)),
                flaw("no alg", jwt -> jwt.header("alg", null)),
                flaw("alg none", Jwt::unsigned),
                flaw("alg HS256", jwt -> jwt.header("alg", "HS256")),
                flaw("no jwk", jwt -> jwt.header("jwk", null)),
                flaw("a jwk that is none", jwt -> jwt.header("jwk", Map.of("kty", "EC"))),
                flaw("a symmetric jwk", jwt -> jwt.header("jwk", Map.of("kty", "oct", "k", "c2VjcmV0"))),
                flaw("a private key in jwk", ProofFlaws::tellingItsKey),
                flaw("a jwk of another key", jwt -> jwt.signedWith(TestClient.ecKey(KeyUse.SIGNATURE))),
                flaw("a forged signature", Jwt::forged),
                flaw(
                        "an unknown critical header",
                        jwt -> jwt.header("crit", List.of("x")).header("x", 1)),
                flaw("no jti", jwt -> jwt.claim("jti", null)),
                flaw("an empty jti", jwt -> jwt.claim("jti", "")),
                flaw("no htm", jwt -> jwt.claim("htm", null)),
                flaw("another htm", jwt -> jwt.claim("htm", "DELETE")),
                flaw("an htm in small letters", jwt -> jwt.claim("htm", "post")),
                flaw("no htu", jwt -> jwt.claim("htu", null)),
                flaw("another host in htu", jwt -> jwt.claim("htu", "https://other.example/fapi/par")),
                flaw("another path in htu", jwt -> jwt.claim("htu", Service.base() + "/elsewhere")),
                flaw("an htu that is none", jwt -> jwt.claim("htu", "not a uri %")),
                flaw("no iat", jwt -> jwt.claim("iat", null)),
                flaw("an iat that is no number", jwt -> jwt.claim("iat", "now")),
                flaw("an iat an hour ago", jwt -> jwt.shift("iat", -HOUR)),
                flaw("an iat in an hour", jwt -> jwt.shift("iat", HOUR)),
                flaw(
                        "an exp an hour ago",
                        jwt -> jwt.claim("exp", TestClock.now().getEpochSecond() - HOUR)),
                flaw(
                        "an nbf in an hour",
                        jwt -> jwt.claim("nbf", TestClock.now().getEpochSecond() + HOUR)));
    }

    public static Stream<Arguments> harmless() {
        return Stream.of(
                flaw("typ as a whole media type", jwt -> jwt.header("typ", "application/dpop+jwt")),
                flaw("typ in capitals", jwt -> jwt.header("typ", "Application/DPoP+JWT")),
                flaw("an iat ten seconds ago", jwt -> jwt.shift("iat", -10)),
                flaw("an iat in eight seconds", jwt -> jwt.shift("iat", 8)),
                flaw(
                        "an nbf in eight seconds",
                        jwt -> jwt.claim("nbf", TestClock.now().getEpochSecond() + 8)),
                flaw("a query and a fragment in htu", jwt -> jwt.text("htu", htu -> htu + "?a=b#top")),
                flaw(
                        "scheme and host of htu in capitals",
                        jwt -> jwt.text("htu", htu -> htu.replace("http://localhost", "HTTP://LOCALHOST"))),
                flaw("a jti of four thousand characters", jwt -> jwt.text("jti", jti -> jti + "x".repeat(4_000))),
                flaw("nbf and exp too", jwt -> {
                    long now = TestClock.now().getEpochSecond();
                    return jwt.claim("nbf", now).claim("exp", now + 300);
                }),
                flaw("more claims", jwt -> jwt.claim("more", List.of("a", 1))),
                flaw("more header parameters", jwt -> jwt.header("more", "than needed")),
                flaw("a jti in Chinese", jwt -> jwt.claim("jti", "號" + UUID.randomUUID())));
    }

    /** What one of these does to a proof, for a test that goes through all of them with one token. */
    @SuppressWarnings("unchecked")
    public static UnaryOperator<Jwt> change(Arguments flaw) {
        return ((Named<UnaryOperator<Jwt>>) flaw.get()[0]).getPayload();
    }

    private static Arguments flaw(String what, UnaryOperator<Jwt> change) {
        return Arguments.of(Named.of(what, change));
    }

    private static Jwt tellingItsKey(Jwt jwt) {
        var key = TestClient.ecKey(KeyUse.SIGNATURE);
        return jwt.signedWith(key).header("jwk", key.toJSONObject());
    }
}
