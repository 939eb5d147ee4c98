package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.kernel.GrantId;
import java.util.Optional;

/**
 * A token response (RFC 6749 §5.1): what a code is redeemed for is an access token (RFC 6749 §4.1.4) and, for OpenID requests,
 * the ID token beside it (OpenID Connect Core §3.1.3.3). Does not print.
 *
 * @param grantId the grant that the tokens lead to (Grant Management for OAuth 2.0); none for a client's own
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        String scope,
        @JsonProperty("id_token") Optional<String> idToken,
        @JsonProperty("refresh_token") Optional<String> refreshToken,
        @JsonProperty("grant_id") Optional<GrantId> grantId) {

    @Override
    public String toString() {
        return "TokenResponse[redacted]";
    }
}
