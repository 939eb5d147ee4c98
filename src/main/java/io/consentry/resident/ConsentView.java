package io.consentry.resident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A consent as its person sees it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsentView(
        @JsonProperty("grant_id") GrantId grantId,
        @JsonProperty("client_id") ClientId clientId,
        @JsonProperty("client_name") String clientName,
        String purpose,
        String status,
        Set<AttributeName> attributes,
        @JsonProperty("granted_at") @Nullable Instant grantedAt,
        @JsonProperty("expires_at") @Nullable Instant expiresAt,
        @JsonProperty("ended_at") @Nullable Instant endedAt,
        @JsonProperty("last_release_at") @Nullable Instant lastReleaseAt,
        @JsonProperty("release_count") long releaseCount) {}
