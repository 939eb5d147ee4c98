package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.catalogue.Limits;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A consent as its person sees it.
 *
 * @param templateVersion of the purpose, as it was when the client asked
 * @param attributes what is granted; what was asked for, while nobody has granted anything
 * @param declined what was asked for and is not granted, declined then or taken back since; nothing before a decision
 * @param grantedAt when it was first given; each decision since is among its versions
 * @param endedBy who ended it: {@code person}, {@code client}, {@code operator}, {@code authority} or {@code service}
 * @param reason why it ended, as a code
 * @param recordId the decision in force, or the last one that was
 * @param generation 1 for the first decision, one more with each amendment; 0 before there is any
 * @param limits how often and how far back it may be used
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsentView(
        @JsonProperty("grant_id") GrantId grantId,
        @JsonProperty("client_id") ClientId clientId,
        @JsonProperty("client_name") String clientName,
        String purpose,
        @JsonProperty("template_version") int templateVersion,
        String status,
        Set<AttributeName> attributes,
        Set<AttributeName> declined,
        @JsonProperty("granted_at") @Nullable Instant grantedAt,
        @JsonProperty("expires_at") @Nullable Instant expiresAt,
        @JsonProperty("paused_at") @Nullable Instant pausedAt,
        @JsonProperty("ended_at") @Nullable Instant endedAt,
        @JsonProperty("ended_by") @Nullable String endedBy,
        @Nullable String reason,
        @JsonProperty("record_id") @Nullable UUID recordId,
        int generation,
        LimitsView limits,
        @JsonProperty("last_release_at") @Nullable Instant lastReleaseAt,
        @JsonProperty("release_count") long releaseCount) {

    /** How much of it may be used; a limit that there is not is null. Lengths of time are those of ISO 8601. */
    public record LimitsView(
            @Nullable Long total,
            @Nullable RateView rate,
            @Nullable String history) {

        static LimitsView of(Limits limits) {
            return new LimitsView(
                    limits.total().isPresent() ? limits.total().getAsLong() : null,
                    limits.rate()
                            .map(rate ->
                                    new RateView(rate.releases(), rate.per().toString()))
                            .orElse(null),
                    limits.history().map(Object::toString).orElse(null));
        }
    }

    /** So many releases in each period. */
    public record RateView(long releases, String per) {}
}
