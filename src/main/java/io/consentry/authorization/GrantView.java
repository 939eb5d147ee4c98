package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.catalogue.Limits;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A grant as its client sees it (Grant Management for OAuth 2.0 §6.3).
 *
 * @param status {@code active}, {@code paused}, how it ended, or {@code damaged}: then nothing else can be told
 * @param purpose the code of the purpose, and {@code purposeVersion} the version of its template
 * @param generation 1 for the first decision, one more with each amendment
 * @param releases how often it was used
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record GrantView(
        @JsonProperty("grant_id") GrantId grantId,
        String status,
        List<Scope> scopes,
        String purpose,
        @JsonProperty("purpose_version") int purposeVersion,
        Optional<Integer> generation,
        @JsonProperty("created_at") Optional<Instant> createdAt,
        @JsonProperty("last_updated_at") Optional<Instant> lastUpdatedAt,
        @JsonProperty("expires_at") Optional<Instant> expiresAt,
        @JsonProperty("ended_at") Optional<Instant> endedAt,
        Optional<Long> releases,
        @JsonProperty("last_release_at") Optional<Instant> lastReleaseAt,
        Optional<Allowance> limits) {

    /** Attributes that were granted, separated by spaces. */
    record Scope(String scope) {}

    /**
     * How often the grant may be used, and how far back.
     *
     * @param total releases in all
     * @param per the length of a period, as ISO 8601 has it
     * @param history how far back histories reach
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Allowance(
            Optional<Long> total,
            @JsonProperty("releases_per_period") Optional<Long> releasesPerPeriod,
            @JsonProperty("period") Optional<String> per,
            Optional<String> history) {

        static Allowance of(Limits limits) {
            return new Allowance(
                    limits.total().isPresent() ? Optional.of(limits.total().getAsLong()) : Optional.empty(),
                    limits.rate().map(Limits.Rate::releases),
                    limits.rate().map(rate -> rate.per().toString()),
                    limits.history().map(Object::toString));
        }
    }
}
