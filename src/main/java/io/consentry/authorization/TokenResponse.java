package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.token.IssuedToken;
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

    /** Of a client's own token. */
    static TokenResponse of(IssuedToken token, String scope) {
        return of(token, scope, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of tokens that lead to a grant. */
    static TokenResponse of(
            IssuedToken token,
            String scope,
            Optional<String> idToken,
            Optional<Handle> refreshToken,
            Optional<GrantId> grant) {
        return new TokenResponse(
                token.token().value(),
                token.type(),
                token.lifetime().toSeconds(),
                scope,
                idToken,
                refreshToken.map(Handle::value),
                grant);
    }

    @Override
    public String toString() {
        return "TokenResponse[redacted]";
    }
}
