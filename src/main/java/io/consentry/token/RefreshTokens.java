package io.consentry.token;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Refresh tokens, for periodic access: stored as a hash, bound to their client and not to a key of it, never rotated
 * (FAPI 2.0 §5.3.2.1-9). They have no lifetime of their own: each is as good as the grant that it leads to.
 */
@ApplicationScoped
public class RefreshTokens {

    private final StatelessSession session;
    private final RowSeals seals;
    private final RevokedTokens revoked;
    private final InstantSource clock;

    RefreshTokens(StatelessSession session, RowSeals seals, RevokedTokens revoked, InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.revoked = revoked;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public Handle issue(TokenFamily family, List<String> protocolScope) {
        Handle token = Handle.random(family.grant().log());
        var row = new RefreshTokenRow();
        row.tokenHash = token.hash();
        row.clientId = family.client().value();
        row.grantId = family.grant().value();
        row.log = family.grant().log().column();
        row.codeHash = family.codeHash();
        row.protocolScope = protocolScope.toArray(String[]::new);
        row.createdAt = clock.instant();
        seals.seal(row);
        session.insert(row);
        return token;
    }

    /** A token of this client that was not revoked, locked: a revocation comes before or after what is done with it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<RefreshToken> lock(Handle token, ClientId client) {
        return lock(token).filter(row -> row.clientId.equals(client.value())).map(RefreshTokenRow::token);
    }

    private Optional<RefreshTokenRow> lock(Handle token) {
        return Optional.ofNullable(session.get(RefreshTokenRow.class, token.hash(), LockMode.PESSIMISTIC_WRITE))
                .filter(this::isGood);
    }

    private boolean isGood(RefreshTokenRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        if (row.revoked > 0) {
            seals.reportOld(row);
        }
        return row.revoked == 0;
    }

    /** Whether it was one of these, and is revoked now with every access token that it gave; another client's is refused (RFC 7009 §2.1). */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean revoke(Handle token, ClientId client) {
        Optional<RefreshTokenRow> found = lock(token);
        found.ifPresent(row -> {
            AccessTokens.requireOwn(row.clientId, client);
            revoked.addForEver(row.tokenHash, row.log);
            session.delete(row);
        });
        return found.isPresent();
    }
}
