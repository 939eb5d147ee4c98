package io.consentry.authorization;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.OIDCClaimsRequest;
import com.nimbusds.openid.connect.sdk.claims.ClaimRequirement;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSetRequest;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /** Stricter than the parser of the SDK, which reads what is not quite JSON. */
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

    /** Throws {@code malformed_claims} for what is not the JSON of §5.5. */
    static RequestedClaims parse(String text) {
        try {
            if (text.length() > LONGEST || !hasTheForm(STRICT.readTree(text))) {
                throw malformed();
            }
            OIDCClaimsRequest request = OIDCClaimsRequest.parse(text);
            ClaimsSetRequest idToken = request.getIDTokenClaimsRequest();
            ClaimsSetRequest userinfo = request.getUserInfoClaimsRequest();
            var subjects = new LinkedHashSet<UUID>();
            subjects.addAll(subjects(entry(idToken, "sub")));
            subjects.addAll(subjects(entry(userinfo, "sub")));
            return new RequestedClaims(
                    acr(entry(idToken, "acr")), subjects, userinfo == null ? Set.of() : userinfo.getClaimNames(false));
        } catch (JsonProcessingException | ParseException e) {
            throw malformed();
        }
    }

    /** An object of objects of members that are null or an object. */
    private static boolean hasTheForm(@Nullable JsonNode claims) {
        return claims != null
                && claims.isObject()
                && claims.properties().stream()
                        .filter(part -> Set.of("id_token", "userinfo").contains(part.getKey()))
                        .allMatch(part -> part.getValue().isObject() && holdsRequests(part.getValue()));
    }

    private static boolean holdsRequests(JsonNode part) {
        return part.properties().stream()
                .map(claim -> claim.getValue())
                .allMatch(request -> request.isNull()
                        || (request.isObject()
                                && request.path("essential").asText("true").matches("true|false")
                                && (!request.has("values")
                                        || request.get("values").isArray())));
    }

    private static ClaimsSetRequest.@Nullable Entry entry(@Nullable ClaimsSetRequest part, String claim) {
        return part == null ? null : part.get(claim);
    }

    private static Optional<Acr> acr(ClaimsSetRequest.@Nullable Entry entry) {
        return Optional.ofNullable(entry)
                .map(asked -> new Acr(asked.getClaimRequirement() == ClaimRequirement.ESSENTIAL, values(asked)));
    }

    /** Ours are UUIDs: another text is nobody's, and might be somebody's number, so it is refused and not kept. */
    private static Set<UUID> subjects(ClaimsSetRequest.@Nullable Entry entry) {
        var subjects = new LinkedHashSet<UUID>();
        for (String value : entry == null ? List.<String>of() : values(entry)) {
            try {
                subjects.add(UUID.fromString(value));
            } catch (IllegalArgumentException e) {
                throw malformed();
            }
        }
        return subjects;
    }

    private static List<String> values(ClaimsSetRequest.Entry entry) {
        var raw = new ArrayList<Object>();
        if (entry.getRawValue() != null) {
            raw.add(entry.getRawValue());
        }
        if (entry.getValuesAsRawList() != null) {
            raw.addAll(entry.getValuesAsRawList());
        }
        if (!raw.stream().allMatch(String.class::isInstance)) {
            throw malformed();
        }
        return raw.stream().map(String.class::cast).toList();
    }

    private static RuntimeException malformed() {
        return Fault.of(FaultCode.MALFORMED_CLAIMS, "The parameter claims is not the JSON that it should be.")
                .expecting(
                        "{\"id_token\": {…}, \"userinfo\": {…}}, each claim null or an object, a sub one of ours", null)
                .raise();
    }
}
