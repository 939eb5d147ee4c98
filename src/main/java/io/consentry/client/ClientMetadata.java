package io.consentry.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.Registration.Jose;
import io.consentry.client.Registration.Keys;
import io.consentry.client.Registration.MutualTls;
import io.consentry.client.Registration.SignIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads client metadata in RFC 7591 §2 member names. Members that mean nothing here are passed over, as §2 demands; those
 * that do must have the right JSON type.
 */
final class ClientMetadata {

    private static final List<String> OTHER_SUBJECTS =
            List.of("tls_client_auth_san_uri", "tls_client_auth_san_ip", "tls_client_auth_san_email");

    private final JsonNode json;

    private ClientMetadata(JsonNode json) {
        this.json = json;
    }

    /** The registration that the JSON object asks for, or a refusal that names the first member of a wrong form. */
    static Registration read(JsonNode json) throws RefusedException {
        if (!json.isObject()) {
            throw new RefusedException("client metadata", "must be a JSON object");
        }
        ClientMetadata metadata = new ClientMetadata(json);
        return new Registration(
                metadata.required("client_id"),
                metadata.required("client_name"),
                metadata.text("legal_name"),
                metadata.texts("redirect_uris"),
                new Keys(metadata.object("jwks"), metadata.text("jwks_uri")),
                words(metadata.required("scope")),
                words(metadata.text("optional_scope").orElse("")),
                metadata.text("purpose"),
                metadata.grantTypes(),
                metadata.text("token_endpoint_auth_method").orElse("private_key_jwt"),
                metadata.mutualTls(),
                metadata.jose("id_token"),
                metadata.jose("userinfo"),
                metadata.signIn(),
                metadata.flag("dpop_nonce_required"),
                metadata.has("leniencies") ? metadata.texts("leniencies") : List.of());
    }

    /** RFC 7591 §2 names the default. */
    private List<String> grantTypes() throws RefusedException {
        JsonNode node = json.path("grant_types");
        return node.isMissingNode() || node.isNull()
                ? List.of(GrantType.AUTHORIZATION_CODE.wire())
                : texts("grant_types");
    }

    private MutualTls mutualTls() throws RefusedException {
        return new MutualTls(
                text("tls_client_auth_subject_dn"),
                text("tls_client_auth_san_dns"),
                OTHER_SUBJECTS.stream().filter(json::hasNonNull).findFirst(),
                flag("tls_client_certificate_bound_access_tokens"));
    }

    private SignIn signIn() throws RefusedException {
        return new SignIn(
                optionalTexts("allowed_acr_values"),
                wholeNumber("default_max_age"),
                optionalTexts("authentication_context_types"),
                optionalTexts("app_launch_urls"));
    }

    private Jose jose(String prefix) throws RefusedException {
        return new Jose(
                text(prefix + "_signed_response_alg"),
                text(prefix + "_encrypted_response_alg"),
                text(prefix + "_encrypted_response_enc"));
    }

    private String required(String member) throws RefusedException {
        return text(member).orElseThrow(() -> new RefusedException(member, "is missing"));
    }

    private Optional<String> text(String member) throws RefusedException {
        JsonNode node = json.path(member);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new RefusedException(member, "must be a string");
        }
        return Optional.of(node.textValue());
    }

    private List<String> optionalTexts(String member) throws RefusedException {
        JsonNode node = json.path(member);
        return node.isMissingNode() || node.isNull() ? List.of() : texts(member);
    }

    private OptionalInt wholeNumber(String member) throws RefusedException {
        JsonNode node = json.path(member);
        if (node.isMissingNode() || node.isNull()) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < 0) {
            throw new RefusedException(member, "must be a whole number, and not negative");
        }
        return OptionalInt.of(node.intValue());
    }

    private boolean flag(String member) throws RefusedException {
        JsonNode node = json.path(member);
        if (has(member) && !node.isBoolean()) {
            throw new RefusedException(member, "must be true or false");
        }
        return node.asBoolean(false);
    }

    private boolean has(String member) {
        return json.hasNonNull(member);
    }

    private List<String> texts(String member) throws RefusedException {
        JsonNode node = json.path(member);
        if (!node.isArray()) {
            throw new RefusedException(member, node.isMissingNode() ? "is missing" : "must be an array of strings");
        }
        List<String> found = new ArrayList<>();
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                throw new RefusedException(member, "must be an array of strings");
            }
            found.add(element.textValue());
        }
        return found;
    }

    private Optional<String> object(String member) throws RefusedException {
        JsonNode node = json.path(member);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw new RefusedException(member, "must be a JSON object");
        }
        return Optional.of(node.toString());
    }

    /** RFC 6749 §3.3: scopes are separated by spaces. */
    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
