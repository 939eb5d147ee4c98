package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.JoseRegistration;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    @Requirement("RFC8414-3.1")
    @Requirement("RFC8414-3.2")
    @Requirement("RFC8414-3.3")
    @Requirement("OIDC-DISCOVERY-4")
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
    @Requirement("RFC9700-2.6")
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

    /** What registration takes, and nothing else; the default is what a client gets that names an algorithm alone. */
    @Test
    @Requirement("RFC9700-2.6")
    void metadataNamesEveryEncryptionThatCanBeRegistered() {
        JsonNode metadata = Call.to("GET", OPENID).send().json();

        for (String of : List.of("id_token", "userinfo")) {
            assertThat(texts(metadata, of + "_encryption_enc_values_supported"))
                    .containsExactly("A256GCM", "A256CBC-HS512", "A128GCM", "A128CBC-HS256")
                    .contains(JoseRegistration.CONTENT_DEFAULT);
            assertThat(texts(metadata, of + "_encryption_alg_values_supported"))
                    .containsExactly("ECDH-ES+A256KW", "ECDH-ES+A192KW", "ECDH-ES+A128KW");
        }
    }

    @Test
    @Requirement("OIDC-CORE-5.5-FORM")
    @Requirement("SINGPASS-PAR-ACR")
    void metadataNamesWhatARequestMayAskOfTheSignIn() {
        JsonNode metadata = Call.to("GET", OPENID).send().json();

        assertThat(metadata.path("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(texts(metadata, "claims_supported")).contains("acr", "auth_time", "sub_type", "sub_attributes");
        assertThat(texts(metadata, "acr_values_supported"))
                .containsExactly("urn:singpass:authentication:loa:2", "urn:singpass:authentication:loa:3");
        assertThat(texts(metadata, "prompt_values_supported"))
                .containsExactlyInAnyOrder("none", "login", "consent", "select_account");
        assertThat(texts(metadata, "scopes_supported")).contains("user.identity");
    }

    @Test
    void everyScopeThatIsOfferedIsKnown() {
        JsonNode metadata = Call.to("GET", OPENID).send().json();

        assertThat(texts(metadata, "scopes_supported"))
                .doesNotHaveDuplicates()
                .allMatch(scope -> scope.matches("[a-z0-9._-]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH})
    @Requirement("RFC8414-2")
    @Requirement("OIDC-DISCOVERY-3")
    void everyMemberHasTheTypeThatTheStandardGivesIt(String path) {
        JsonNode metadata = Call.to("GET", path).send().json();

        metadata.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.endsWith("_endpoint") || name.endsWith("_uri") || name.equals("issuer")) {
                URI uri = URI.create(value.textValue());
                assertThat(uri.isAbsolute()).as(name).isTrue();
                assertThat(uri.getRawFragment()).as(name).isNull();
                assertThat(uri.getRawQuery()).as(name).isNull();
            } else if (name.endsWith("_supported") && !value.isBoolean()) {
                assertThat(value.isArray()).as(name).isTrue();
                assertThat(value.size())
                        .as("RFC 8414 §3.2: members without elements are left out")
                        .isPositive();
                value.forEach(
                        element -> assertThat(element.isTextual()).as(name).isTrue());
            } else if (name.startsWith("require_") || name.endsWith("_supported")) {
                assertThat(value.isBoolean()).as(name).isTrue();
            }
        });
        assertThat(metadata.properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "issuer",
                        "authorization_endpoint",
                        "token_endpoint",
                        "jwks_uri",
                        "response_types_supported",
                        "subject_types_supported",
                        "id_token_signing_alg_values_supported");
    }

    @Test
    @Requirement("RFC8414-2")
    @Requirement("RFC9126-5")
    @Requirement("RFC9449-5.1")
    @Requirement("RFC9207-3")
    void everyEndpointThatIsNamedIsThere() {
        JsonNode metadata = Call.to("GET", OAUTH).send().json();

        metadata.properties().forEach(member -> {
            if (member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri")) {
                // Grants lie below their address.
                String below = member.getKey().equals("grant_management_endpoint") ? "/" + UUID.randomUUID() : "";
                Answer answer =
                        Call.to("GET", member.getValue().asText() + below).send();
                assertThat(answer.status())
                        .as(member.getKey())
                        .isNotEqualTo(404)
                        .isLessThan(500);
            }
        });
        assertThat(metadata.path("require_pushed_authorization_requests")).hasToString("true");
        assertThat(metadata.path("authorization_response_iss_parameter_supported"))
                .hasToString("true");
        assertThat(texts(metadata, "dpop_signing_alg_values_supported")).doesNotContain("none", "RS256", "HS256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/fapi/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/other",
                "/.well-known/oauth-authorization-server/fapi/"
            })
    @Requirement("RFC8414-3.1")
    void noDocumentNamesAnotherIssuerThanItsAddressDoes(String path) {
        Answer answer = Call.to("GET", path).send();

        if (answer.status() == 200) {
            assertThat(answer.text("issuer")).isEqualTo(Service.issuer());
        } else {
            answer.is(404);
        }
    }

    private static List<String> texts(JsonNode metadata, String member) {
        List<String> texts = new ArrayList<>();
        metadata.path(member).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
