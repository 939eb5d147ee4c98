package io.consentry.certification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Module 1, and what holds for metadata and keys in all modules. */
@QuarkusTest
class DiscoveryTest {

    private static final Set<String> GOOD = Set.of("PS256", "ES256", "EdDSA", "Ed25519");

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/fapi"})
    @Requirement("FAPI2-CERT-1")
    void discoveryEndpointVerification(String path) {
        Answer answer = Call.to("GET", path).send().is(200);
        JsonNode metadata = answer.json();

        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(path.replace("/.well-known/openid-configuration", "")
                        .replace("/.well-known/oauth-authorization-server", ""))
                .isEqualTo("/fapi");
        assertThat(metadata.path("issuer").asText()).isEqualTo(Service.base() + "/fapi");
        assertThat(texts(metadata, "response_types_supported")).contains("code");
        assertThat(metadata.path("authorization_response_iss_parameter_supported"))
                .hasToString("true");
        for (String endpoint : new String[] {
            "pushed_authorization_request_endpoint", "authorization_endpoint", "token_endpoint", "jwks_uri"
        }) {
            assertThat(metadata.path(endpoint).asText()).startsWith(Service.base());
        }
        for (String algorithms : new String[] {"dpop", "token_endpoint_auth", "id_token"}) {
            assertThat(texts(metadata, algorithms + "_signing_alg_values_supported"))
                    .containsAnyElementsOf(GOOD)
                    .doesNotContain("none", "RS256", "HS256");
        }
        assertThat(texts(metadata, "token_endpoint_auth_methods_supported")).contains("private_key_jwt");
        assertThat(texts(metadata, "code_challenge_methods_supported"))
                .contains("S256")
                .doesNotContain("plain");
        assertThat(texts(metadata, "grant_types_supported")).contains("authorization_code");
        assertThat(texts(metadata, "subject_types_supported")).isNotEmpty();
        assertThat(metadata.path("require_pushed_authorization_requests").isBoolean())
                .isTrue();
    }

    @Test
    @Requirement("FAPI2-CERT-1")
    void scopesAndLocalesAreWellFormed() {
        JsonNode metadata =
                Call.to("GET", "/fapi/.well-known/openid-configuration").send().json();

        assertThat(texts(metadata, "scopes_supported"))
                .contains("openid")
                .allMatch(scope -> scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"));
        assertThat(texts(metadata, "ui_locales_supported"))
                .allMatch(tag -> Locale.forLanguageTag(tag).toLanguageTag().equals(tag));
    }

    @Test
    @Requirement("FAPI2-CERT-1")
    @Requirement("RFC7517-5")
    @Requirement("FAPI2-SP-5.4.2-3")
    @Requirement("FAPI2-SP-5.4.1-3")
    void theKeySetHoldsStrongPublicKeysEachWithAKidOfItsOwn() throws ParseException {
        JWKSet keys =
                JWKSet.parse(Call.to("GET", "/.well-known/keys").send().is(200).body());

        Set<String> kids = new HashSet<>();
        assertThat(keys.getKeys()).isNotEmpty();
        for (JWK key : keys.getKeys()) {
            assertThat(key.isPrivate()).isFalse();
            assertThat(kids.add(key.getKeyID())).isTrue();
            switch (key) {
                case RSAKey rsa -> assertThat(rsa.size()).isGreaterThanOrEqualTo(2048);
                case ECKey ec -> assertThat(ec.size()).isGreaterThanOrEqualTo(224);
                default -> throw new AssertionError("a key of another kind: " + key.getKeyType());
            }
        }
    }

    private static Set<String> texts(JsonNode metadata, String member) {
        Set<String> texts = new HashSet<>();
        metadata.path(member).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
