package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.consentry.client.Clients;
import io.consentry.client.Leniency;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What FAPI 2.0 forbids and a client is registered for by name: that and nothing else, and never in silence. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class LeniencyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Clients clients;

    @Inject
    MeterRegistry meters;

    static Stream<Arguments> audiences() {
        return Stream.of(
                audience("the PAR endpoint", Service.issuer() + "/par"),
                audience("the token endpoint", Service.issuer() + "/token"),
                audience("an array with the issuer", List.of(Service.issuer())),
                audience("issuer and token endpoint", List.of(Service.issuer(), Service.issuer() + "/token")));
    }

    private static Arguments audience(String what, Object value) {
        return Arguments.of(Named.of(what, value));
    }

    @ParameterizedTest
    @MethodSource("audiences")
    @Requirement("CX-LENIENT-1")
    void anEndpointAsAudienceTakesALeniency(Object audience) {
        UnaryOperator<Jwt> change = jwt -> jwt.claim("aud", audience);
        TestClient lenient = registered(Leniency.ASSERTION_AUDIENCE_ENDPOINT);

        for (Leniency other : List.of(Leniency.ASSERTION_ALG_ES384_ES512, Leniency.PROOF_ALG_ES384_ES512)) {
            registered(other)
                    .flow()
                    .par()
                    .assertion(change)
                    .send()
                    .isRefused(401, "invalid_client", "invalid_client_assertion");
        }
        lenient.flow().par().assertion(change).send().is(201);

        assertThat(used(lenient, Leniency.ASSERTION_AUDIENCE_ENDPOINT)).isOne();
    }

    @Test
    @Requirement("CX-LENIENT-1")
    void aForeignAudienceIsRefusedFromEveryone() {
        TestClient lenient = registered(Leniency.ASSERTION_AUDIENCE_ENDPOINT);

        for (Object foreign : List.of(
                "https://other.example",
                List.of(),
                List.of(Service.issuer(), "https://other.example"),
                Service.issuer() + "/userinfo")) {
            lenient.flow()
                    .par()
                    .assertion(jwt -> jwt.claim("aud", foreign))
                    .send()
                    .isRefused(401, "invalid_client", "invalid_client_assertion");
        }
    }

    @Test
    @Requirement("CX-LENIENT-2")
    void whoDoesAsFapiSaysUsesNoLeniency() {
        TestClient lenient = registered(Leniency.values());

        lenient.flow().wholeFlow(ClientFlow.COMPLETE);

        for (Leniency leniency : Leniency.values()) {
            assertThat(used(lenient, leniency)).isZero();
        }
    }

    static Stream<Arguments> larger() throws JOSEException {
        return Stream.of(
                Arguments.of(JWSAlgorithm.ES384, key(Curve.P_384)), Arguments.of(JWSAlgorithm.ES512, key(Curve.P_521)));
    }

    private static JWK key(Curve curve) throws JOSEException {
        return new ECKeyGenerator(curve)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint(true)
                .generate();
    }

    @ParameterizedTest
    @MethodSource("larger")
    @Requirement("CX-LENIENT-1")
    @Requirement("FAPI2-SP-5.4.1-1")
    void anAssertionByALargerCurveTakesALeniency(JWSAlgorithm algorithm, JWK key) {
        TestClient strict = signingWith(key, true);
        TestClient lenient = signingWith(key, true, Leniency.ASSERTION_ALG_ES384_ES512);

        strict.flow()
                .par()
                .assertion(jwt -> jwt.algorithm(algorithm))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        lenient.flow().par().assertion(jwt -> jwt.algorithm(algorithm)).send().is(201);
        signingWith(key, false, Leniency.ASSERTION_ALG_ES384_ES512)
                .flow()
                .par()
                .assertion(jwt -> jwt.algorithm(algorithm))
                .send()
                .is(201);

        assertThat(used(lenient, Leniency.ASSERTION_ALG_ES384_ES512)).isOne();
    }

    @ParameterizedTest
    @MethodSource("larger")
    @Requirement("CX-LENIENT-1")
    @Requirement("FAPI2-SP-5.4.1-1")
    void aProofByALargerCurveTakesALeniency(JWSAlgorithm algorithm, JWK key) {
        UnaryOperator<Jwt> byKey = jwt -> jwt.signedWith(key)
                .algorithm(algorithm)
                .header("jwk", key.toPublicJWK().toJSONObject());
        TestClient lenient = registered(Leniency.PROOF_ALG_ES384_ES512);
        ClientFlow flow = lenient.flow();

        registered(Leniency.ASSERTION_ALG_ES384_ES512)
                .flow()
                .par()
                .proof(byKey)
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
        flow.pushed(flow.par().proof(byKey)).approve(ClientFlow.COMPLETE);
        flow.redeemed(flow.token().proof(byKey));
        flow.userinfo().proof(byKey).send().is(200);

        assertThat(used(lenient, Leniency.PROOF_ALG_ES384_ES512)).isEqualTo(3);
    }

    private TestClient registered(Leniency... leniencies) {
        return TestClient.registered(clients, metadata -> {
            var names = metadata.putArray("leniencies");
            Stream.of(leniencies).forEach(leniency -> names.add(leniency.wire()));
        });
    }

    /** A client that signs with this key, and publishes one on P-256 beside it or not. */
    private TestClient signingWith(JWK key, boolean beside, Leniency... leniencies) {
        TestClient client = TestClient.registered(clients, metadata -> {
            var names = metadata.putArray("leniencies");
            Stream.of(leniencies).forEach(leniency -> names.add(leniency.wire()));
            var keys = beside
                    ? metadata.withArray("/jwks/keys")
                    : metadata.putObject("jwks").putArray("keys");
            keys.add(JSON.valueToTree(key.toPublicJWK().toJSONObject()));
        });
        return new TestClient(client.id(), client.redirectUri(), client.scope(), new JWKSet(key));
    }

    private double used(TestClient client, Leniency leniency) {
        var counter = meters.find("consentry.leniencies.used")
                .tags("client_id", client.id(), "leniency", leniency.wire())
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
