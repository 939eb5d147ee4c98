package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.consentry.client.Clients;
import io.consentry.client.JoseRegistration;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records and ID tokens are encrypted as registered, and to the key that its owner has meant for it (RFC 7517 §4.2 to §4.4). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class EncryptionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JWK SIGNING = TestClient.ecKey(KeyUse.SIGNATURE);

    @Inject
    Clients clients;

    static List<String> contents() {
        return JoseRegistration.CONTENT;
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whateverEncryptionIsRegisteredOpens(String enc) throws Exception {
        TestClient bank = registered("ECDH-ES+A256KW", enc, key("only", Curve.P_256, null));

        ClientFlow flow = bank.flow().untilToken(ClientFlow.COMPLETE);
        String record = flow.userinfo().send().is(200).body();

        assertThat(header(record).getEncryptionMethod()).hasToString(enc);
        assertThat(header(flow.idToken()).getEncryptionMethod()).hasToString(enc);
        assertThat(ReceivedRecord.claimsOf(record, bank).path("aud").asText()).isEqualTo(bank.id());
    }

    @Test
    @Requirement("RFC7517-4.4")
    void theKeyWhoseOwnAlgorithmIsTheRegisteredOneIsEncryptedTo() throws Exception {
        TestClient bank = registered(
                "ECDH-ES+A256KW",
                "A256GCM",
                key("for another", Curve.P_521, JWEAlgorithm.ECDH_ES_A128KW),
                new ECKey.Builder(key("for wrapping", Curve.P_521, null).toECKey())
                        .keyOperations(Set.of(KeyOperation.WRAP_KEY))
                        .build(),
                key("for any", Curve.P_384, null),
                key("meant", Curve.P_256, JWEAlgorithm.ECDH_ES_A256KW));

        ClientFlow flow = bank.flow().untilToken(ClientFlow.COMPLETE);

        assertThat(header(flow.userinfo().send().is(200).body()).getKeyID()).isEqualTo("meant");
        assertThat(header(flow.idToken()).getKeyID()).isEqualTo("meant");
    }

    private TestClient registered(String alg, String enc, JWK... encryption) {
        List<JWK> keys = new ArrayList<>(Arrays.asList(encryption));
        keys.add(SIGNING);
        TestClient bank = TestClient.registered(clients, SIGNING, metadata -> {
            for (String of : List.of("id_token", "userinfo")) {
                metadata.put(of + "_signed_response_alg", "ES256")
                        .put(of + "_encrypted_response_alg", alg)
                        .put(of + "_encrypted_response_enc", enc);
            }
            try {
                metadata.set("jwks", JSON.readTree(new JWKSet(keys).toString(true)));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        });
        return new TestClient(bank.id(), bank.redirectUri(), bank.scope(), new JWKSet(keys));
    }

    private static JWK key(String kid, Curve curve, @Nullable Algorithm alg) throws Exception {
        return new ECKeyGenerator(curve)
                .keyID(kid)
                .keyUse(KeyUse.ENCRYPTION)
                .algorithm(alg)
                .generate();
    }

    private static JWEHeader header(String jwe) throws ParseException {
        return JWEObject.parse(jwe).getHeader();
    }
}
