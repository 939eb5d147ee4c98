package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself is true, and what FAPI 2.0 wants it to say (RFC 8414, OpenID Connect Discovery 1.0). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class MetadataTest {

    private static final String OPENID = "/fapi/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server/fapi";

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH})
    @Requirement("FAPI2-SP-5.3.2.1-1")
    @Requirement("RFC8414-3")
    void metadataIsPublishedUnderTheIssuer(String path) {
        Answer answer = Call.to("GET", path).send().is(200);

        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(answer.text("issuer")).isEqualTo(Service.issuer());
        for (String endpoint : List.of("authorization", "token", "userinfo", "pushed_authorization_request")) {
            assertThat(answer.text(endpoint + "_endpoint")).startsWith(Service.issuer() + "/");
        }
        assertThat(answer.text("jwks_uri")).isEqualTo(Service.base() + "/.well-known/keys");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-1")
    void metadataNamesWhatFapiDemands() {
        JsonNode metadata = Call.to("GET", OPENID).send().json();

        assertThat(texts(metadata, "response_types_supported")).containsExactly("code");
        assertThat(texts(metadata, "grant_types_supported")).contains("authorization_code");
        assertThat(texts(metadata, "code_challenge_methods_supported")).containsExactly("S256");
        assertThat(texts(metadata, "token_endpoint_auth_methods_supported")).containsExactly("private_key_jwt");
        assertThat(texts(metadata, "token_endpoint_auth_signing_alg_values_supported"))
                .containsExactlyInAnyOrder("ES256", "PS256");
        assertThat(texts(metadata, "dpop_signing_alg_values_supported")).containsExactlyInAnyOrder("ES256", "PS256");
        assertThat(texts(metadata, "id_token_signing_alg_values_supported")).containsExactly("ES256");
        assertThat(texts(metadata, "subject_types_supported")).containsExactly("pairwise");
        assertThat(texts(metadata, "scopes_supported")).contains("openid", "name", "cpfbalances.oa");
        assertThat(metadata.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(metadata.path("require_pushed_authorization_requests").asBoolean())
                .isTrue();
        assertThat(metadata.path("request_uri_parameter_supported").asBoolean(true))
                .isFalse();
    }

    @Test
    void everyScopeThatIsOfferedIsKnown() {
        JsonNode metadata = Call.to("GET", OPENID).send().json();

        assertThat(texts(metadata, "scopes_supported"))
                .doesNotHaveDuplicates()
                .allMatch(scope -> scope.matches("[a-z0-9._-]+"));
    }

    private static List<String> texts(JsonNode metadata, String member) {
        List<String> texts = new ArrayList<>();
        metadata.path(member).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
