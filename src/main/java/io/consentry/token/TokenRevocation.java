package io.consentry.token;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Revokes what a client gives back, whichever kind of token it is, in one transaction. */
@ApplicationScoped
public class TokenRevocation {

    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final ClientTokens clientTokens;

    TokenRevocation(AccessTokens accessTokens, RefreshTokens refreshTokens, ClientTokens clientTokens) {
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.clientTokens = clientTokens;
    }

    /** One that never was, or is no more, is no error (RFC 7009 §2.2); another client's is refused (RFC 7009 §2.1). */
    @Transactional
    public void revoke(Handle token, ClientId client) {
        if (!accessTokens.revoke(token, client) && !refreshTokens.revoke(token, client)) {
            clientTokens.revoke(token, client);
        }
    }
}
