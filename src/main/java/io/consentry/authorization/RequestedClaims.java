package io.consentry.authorization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the {@code claims} parameter asks for (OpenID Connect Core §5.5), as far as it means something here; other claims are
 * ignored, as §5.5.1 wants it. {@code auth_time} is in every ID token and needs no asking.
 *
 * @param acr how the ID token is to name the level of assurance, if that is asked for
 * @param subjects who alone may sign in, by the identifiers that this client knows; anybody when empty
 * @param userinfo names of claims of the record
 */
record RequestedClaims(Optional<Acr> acr, Set<UUID> subjects, Set<String> userinfo) {

    static final RequestedClaims NONE = new RequestedClaims(Optional.empty(), Set.of(), Set.of());

    private static final int LONGEST = 8_192;

    /** The SDK's parser takes what is not quite JSON, and refuses members that are to be ignored. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    RequestedClaims {
        subjects = Set.copyOf(subjects);
        userinfo = Set.copyOf(userinfo);
    }

    /**
     * The claim {@code acr}.
     *
     * @param essential whether a sign-in that reaches none of the values is a failure (§5.5.1.1)
     * @param values the levels that will do, as {@code acr} values; any when empty
     */
    record Acr(boolean essential, List<String> values) {}

    boolean isAcrEssential() {
        return acr.filter(Acr::essential).isPresent();
    }

    /** Throws {@code malformed_claims} for what is not the JSON of §5.5. */
    static RequestedClaims parse(String text) {
        if (text.length() > LONGEST) {
            throw malformed();
        }
        JsonNode claims = read(text);
        JsonNode idToken = part(claims, "id_token");
        JsonNode userinfo = part(claims, "userinfo");
        var subjects = new LinkedHashSet<>(subjects(idToken.path("sub")));
        subjects.addAll(subjects(userinfo.path("sub")));
        Set<String> names =
                userinfo.properties().stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
        return new RequestedClaims(acr(idToken.path("acr")), subjects, names);
    }

    private static JsonNode read(String text) {
        try {
            JsonNode claims = STRICT.readTree(text);
            if (!claims.isObject()) {
                throw malformed();
            }
            return claims;
        } catch (JsonProcessingException e) {
            throw malformed();
        }
    }

    /** An object of claims, each null or an object (§5.5.1); nothing when it is not there. */
    private static JsonNode part(JsonNode claims, String name) {
        JsonNode part = claims.path(name);
        boolean fits = part.isMissingNode()
                || (part.isObject()
                        && part.properties().stream()
                                .map(Map.Entry::getValue)
                                .allMatch(claim -> claim.isNull() || claim.isObject()));
        if (!fits) {
            throw malformed();
        }
        return part;
    }

    private static Optional<Acr> acr(JsonNode asked) {
        if (asked.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode essential = asked.path("essential");
        if (!essential.isMissingNode() && !essential.isBoolean()) {
            throw malformed();
        }
        return Optional.of(new Acr(essential.asBoolean(), values(asked)));
    }

    /** Ours are UUIDs: another text is nobody's, and might be somebody's number, so it is refused and not kept. */
    private static Set<UUID> subjects(JsonNode asked) {
        var subjects = new LinkedHashSet<UUID>();
        for (String value : values(asked)) {
            try {
                subjects.add(UUID.fromString(value));
            } catch (IllegalArgumentException e) {
                throw malformed();
            }
        }
        return subjects;
    }

    /** {@code value}, and each of {@code values}. */
    private static List<String> values(JsonNode asked) {
        JsonNode several = asked.path("values");
        if (!several.isMissingNode() && !several.isArray()) {
            throw malformed();
        }
        var nodes = new ArrayList<JsonNode>();
        several.forEach(nodes::add);
        if (asked.has("value")) {
            nodes.add(asked.path("value"));
        }
        if (!nodes.stream().allMatch(JsonNode::isTextual)) {
            throw malformed();
        }
        return nodes.stream().map(JsonNode::textValue).toList();
    }

    private static RuntimeException malformed() {
        return Fault.of(FaultCode.MALFORMED_CLAIMS, "The parameter claims is not the JSON that it should be.")
                .expecting("an object of id_token and userinfo, each claim null or an object, a sub one of ours", null)
                .raise();
    }
}
