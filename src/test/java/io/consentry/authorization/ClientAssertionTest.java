package io.consentry.authorization;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a client is (RFC 7523 §3, FAPI 2.0 §5.3.2.1): the same rules wherever it has to say so. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ClientAssertionTest {

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("aud is another server", jwt -> jwt.claim("aud", "https://other.example")),
                flaw("aud is an array with the issuer", jwt -> jwt.claim("aud", List.of(Service.issuer()))),
                flaw(
                        "aud is issuer and token endpoint",
                        jwt -> jwt.claim("aud", List.of(Service.issuer(), Service.issuer() + "/token"))),
                flaw("aud is the PAR endpoint", jwt -> jwt.claim("aud", Service.issuer() + "/par")),
                flaw("aud is the token endpoint", jwt -> jwt.claim("aud", Service.issuer() + "/token")),
                flaw("aud is the issuer with a slash", jwt -> jwt.claim("aud", Service.issuer() + "/")),
                flaw("aud is missing", jwt -> jwt.claim("aud", null)),
                flaw("exp is five minutes past", jwt -> jwt.shift("exp", -360)),
                flaw("exp is a day ahead", jwt -> jwt.shift("exp", 86_400)),
                flaw("exp is ten minutes ahead", jwt -> jwt.shift("exp", 540)),
                flaw("nbf is a day ahead", jwt -> jwt.shift("nbf", 86_400)),
                flaw("exp is missing", jwt -> jwt.claim("exp", null)),
                flaw("exp is no number", jwt -> jwt.claim("exp", "soon")),
                flaw("nbf is 62 s ahead", jwt -> jwt.shift("nbf", 62)),
                flaw("iat is 62 s ahead", jwt -> jwt.shift("iat", 62)),
                flaw(
                        "all is 62 s ahead",
                        jwt -> jwt.shift("iat", 62).shift("nbf", 62).shift("exp", 62)),
                flaw("sub is missing", jwt -> jwt.claim("sub", null)),
                flaw("iss is missing", jwt -> jwt.claim("iss", null)),
                flaw("sub is another", jwt -> jwt.claim("sub", "plain-lender")),
                flaw("iss is another", jwt -> jwt.claim("iss", "plain-lender")),
                flaw(
                        "iss and sub end in NUL",
                        jwt -> jwt.claim("iss", "harbour-bank\u0000").claim("sub", "harbour-bank\u0000")),
                flaw("jti is missing", jwt -> jwt.claim("jti", null)),
                flaw("jti is empty", jwt -> jwt.claim("jti", "")),
                flaw("jti is no string", jwt -> jwt.claim("jti", Map.of("a", 1))),
                flaw("typ is that of a proof", jwt -> jwt.header("typ", "dpop+jwt")),
                flaw("typ is that of an access token", jwt -> jwt.header("typ", "at+jwt")),
                flaw("typ is another media type", jwt -> jwt.header("typ", "text/jwt")),
                flaw("alg is none", Jwt::unsigned),
                flaw("the signature is forged", Jwt::forged),
                flaw("the key is another", jwt -> jwt.signedWith(TestClient.ecKey(KeyUse.SIGNATURE))),
                flaw("the kid is unknown", jwt -> jwt.header("kid", "nobody")),
                flaw(
                        "a critical header is unknown",
                        jwt -> jwt.header("crit", List.of("x")).header("x", 1)),
                flaw("crit is empty", jwt -> jwt.header("crit", List.of())),
                flaw("crit is null", jwt -> jwt.headerText(text -> text.replaceFirst("\\{", "{\"crit\":null,"))),
                flaw(
                        "a header says b64 true",
                        jwt -> jwt.header("crit", List.of("b64")).header("b64", true)),
                flaw(
                        "a header says b64 false",
                        jwt -> jwt.header("crit", List.of("b64")).header("b64", false)));
    }

    private static Arguments flaw(String what, UnaryOperator<Jwt> change) {
        return Arguments.of(Named.of(what, change));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    @Requirement("FAPI2-SP-5.3.2.1-6")
    @Requirement("FAPI2-SP-5.3.2.1-8")
    @Requirement("RFC9126-2.1")
    @Requirement("RFC7523-3")
    @Requirement("RFC7523-3.2")
    @Requirement("RFC8725-3.9")
    @Requirement("RFC7515-4.1.11")
    void aFlawedAssertionIsRefusedAtPar(UnaryOperator<Jwt> flaw) {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        flow.par().assertion(flaw).send().isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @ParameterizedTest
    @MethodSource("flaws")
    @Requirement("FAPI2-SP-5.3.2.1-6")
    @Requirement("FAPI2-SP-5.3.2.1-8")
    @Requirement("RFC7523-3")
    @Requirement("RFC6749-3.2.1")
    void aFlawedAssertionIsRefusedAtTheTokenEndpoint(UnaryOperator<Jwt> flaw) {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        flow.token()
                .with("code", "x")
                .assertion(flaw)
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("FAPI2-SP-5.4.1-1")
    void anRsaKeySignsPs256AndNothingElse() {
        ClientFlow flow = TestClient.ready("orchard-finance").flow();

        flow.par().send().is(201);
        flow.par()
                .assertion(jwt -> jwt.algorithm(JWSAlgorithm.RS256))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.par()
                .assertion(jwt -> jwt.algorithm(JWSAlgorithm.PS512))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-13")
    void aClockThatIsEightSecondsAheadIsTolerated() {
        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .assertion(jwt -> jwt.shift("iat", 8).shift("nbf", 8).shift("exp", 8))
                .send()
                .is(201);
    }

    @Test
    void anAssertionNeedsNeitherKidNorNbfNorTyp() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        flow.par().assertion(jwt -> jwt.header("kid", null)).send().is(201);
        flow.par().assertion(jwt -> jwt.claim("nbf", null)).send().is(201);
        flow.par().assertion(jwt -> jwt.header("typ", "JWT")).send().is(201);
        flow.par()
                .assertion(jwt -> jwt.header("typ", "client-authentication+jwt"))
                .send()
                .is(201);
        flow.par().assertion(jwt -> jwt.claim("more", "than needed")).send().is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwt",
                "application/jwt",
                "Application/JWT",
                "Client-Authentication+JWT",
                "application/client-authentication+jwt"
            })
    @Requirement("RFC7515-4.1.9")
    void aTypIsAMediaType(String typ) {
        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .assertion(jwt -> jwt.header("typ", typ))
                .send()
                .is(201);
    }

    @Test
    void anAssertionMayLiveForFiveMinutes() {
        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .assertion(jwt -> jwt.shift("exp", 240))
                .send()
                .is(201);
    }

    @Test
    @Requirement("RFC7523-3")
    void aVeryLongJtiIsUsedOnceLikeAnyOther() {
        TestClient bank = TestClient.ready("harbour-bank");
        Jwt once = bank.assertion().claim("jti", UUID.randomUUID() + "x".repeat(8_000));
        bank.flow().par().assertion(jwt -> once).send().is(201);

        bank.flow().par().assertion(jwt -> once).send().isRefused(401, "invalid_client", "client_assertion_replayed");
    }

    @Test
    void theTokenEndpointNeedsNoClientIdBesideTheAssertion() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();
        flow.push().approve(ClientFlow.COMPLETE);

        flow.token().without("client_id").send().is(200);
    }

    @Test
    @Requirement("RFC7523-3")
    void anAssertionWorksOnceWhereverItIsShown() {
        TestClient bank = TestClient.ready("harbour-bank");
        ClientFlow flow = bank.flow();
        Jwt once = bank.assertion();
        flow.par().assertion(jwt -> once).send().is(201);

        flow.par().assertion(jwt -> once).send().isRefused(401, "invalid_client", "client_assertion_replayed");
        flow.token()
                .with("code", "x")
                .assertion(jwt -> once)
                .send()
                .isRefused(401, "invalid_client", "client_assertion_replayed");
    }

    @Test
    void twoClientsMayUseTheSameJti() {
        String jti = UUID.randomUUID().toString();

        for (String id : List.of("harbour-bank", "plain-lender")) {
            TestClient.ready(id)
                    .flow()
                    .par()
                    .assertion(jwt -> jwt.claim("jti", jti))
                    .send()
                    .is(201);
        }
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-3")
    @Requirement("FAPI2-SP-5.3.2.2-4")
    @Requirement("RFC9700-2.5")
    void nobodyIsAClientWithoutAnAssertion() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        flow.par().without("client_assertion").send().isRefused(401, "invalid_client", "missing_client_assertion");
        flow.token()
                .with("code", "x")
                .without("client_assertion")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
        flow.par()
                .without("client_assertion")
                .with("client_secret", "secret")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
        flow.par()
                .without("client_assertion")
                .header("Authorization", "Basic aGFyYm91ci1iYW5rOnNlY3JldA==")
                .send()
                .isRefused(401, "invalid_client", "missing_client_assertion");
    }

    @Test
    @Requirement("RFC6749-2.3")
    void nobodyAuthenticatesInTwoWays() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        for (Call twice : List.of(
                flow.par().with("client_secret", "secret"),
                flow.par().header("Authorization", "Basic aGFyYm91ci1iYW5rOnNlY3JldA=="),
                flow.par().header("Authorization", "Bearer x"),
                flow.token().with("code", "x").with("client_secret", "secret"),
                flow.token().with("code", "x").header("Authorization", "Basic eDp5"))) {
            twice.send().isRefused(400, "invalid_request", "several_client_authentications");
        }
        flow.par().with("client_secret", "").send().is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "../../etc", "' or 1=1 --", "ｈarbour-bank"})
    void anUnknownClientIsRefused(String id) {
        Call par = TestClient.ready("harbour-bank")
                .flow()
                .par()
                .without("client_id")
                .assertion(jwt -> jwt.claim("iss", id).claim("sub", id));

        par.send().isRefused(401, "invalid_client", "unknown_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "e30.e30.", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "\"", "ey=.ey=.ey="})
    @Requirement("RFC7523-3.2")
    void somethingThatIsNoJwtIsRefused(String text) {
        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .without("client_assertion")
                .with("client_assertion", text)
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer", "jwt"})
    @Requirement("RFC7523-2.2")
    void anotherTypeOfAssertionIsRefused(String type) {
        TestClient.ready("harbour-bank")
                .flow()
                .par()
                .with("client_assertion_type", type)
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("RFC6749-4.1.3")
    void aClientCannotSpeakForAnother() {
        ClientFlow flow = TestClient.ready("harbour-bank").flow();

        flow.par()
                .with("client_id", "plain-lender")
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.token()
                .with("code", "x")
                .with("client_id", "plain-lender")
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }
}
