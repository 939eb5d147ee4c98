package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.GrantType;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Refresh tokens, for periodic access: stored as a hash, bound to their client and not to a key of it, never rotated
 * (FAPI 2.0 §5.3.2.1-9). They have no lifetime of their own: each is as good as the grant that it leads to.
 */
@ApplicationScoped
class RefreshTokens {

    private final StatelessSession session;
    private final RowSeals seals;
    private final RevokedTokens revoked;
    private final Catalogue catalogue;
    private final InstantSource clock;

    RefreshTokens(
            StatelessSession session, RowSeals seals, RevokedTokens revoked, Catalogue catalogue, InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.revoked = revoked;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** A new one, if the client is registered for them and the purpose of the grant has periodic access. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Handle> issue(CodeRow code, RegisteredClient client, Consent consent) {
        boolean periodic = catalogue
                .purpose(consent.terms().purpose())
                .map(Purpose::access)
                .filter(Purpose.Access::periodic)
                .isPresent();
        if (!periodic || !client.mayUse(GrantType.REFRESH_TOKEN)) {
            return Optional.empty();
        }
        Handle token = Handle.random();
        var row = new RefreshTokenRow();
        row.tokenHash = token.hash();
        row.clientId = code.clientId;
        row.grantId = code.grantId;
        row.codeHash = code.codeHash;
        row.protocolScope = code.protocolScope;
        row.createdAt = clock.instant();
        seals.seal(row);
        session.insert(row);
        return Optional.of(token);
    }

    /** A token of this client that was not revoked, locked: a revocation comes before or after what is done with it. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RefreshTokenRow> lock(Handle token, ClientId client) {
        return lock(token).filter(row -> row.clientId.equals(client.value()));
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

    /** Revokes a client's token and every access token that it gave (RFC 7009 §2.1); another client's is refused. */
    @Transactional
    void revoke(Handle token, ClientId client) {
        lock(token).ifPresent(row -> {
            AccessTokens.requireOwn(row.clientId, client);
            revoked.addForEver(row.tokenHash);
            session.delete(row);
        });
    }

    /** Revokes the one that a code has given, and not the one that it gives next. */
    @Transactional(Transactional.TxType.MANDATORY)
    void replace(CodeRow code) {
        session.createSelectionQuery(
                        "from RefreshTokenRow where grantId = :grant and codeHash = :code", RefreshTokenRow.class)
                .setParameter("grant", code.grantId)
                .setParameter("code", code.codeHash)
                .getResultList()
                .forEach(row -> {
                    revoked.addForEver(row.tokenHash);
                    session.delete(row);
                });
    }

    /** Takes out the one that a code gave: it was revoked with its code. */
    @Transactional(Transactional.TxType.MANDATORY)
    void drop(CodeRow code) {
        session.createMutationQuery("delete from RefreshTokenRow where grantId = :grant and codeHash = :code")
                .setParameter("grant", code.grantId)
                .setParameter("code", code.codeHash)
                .executeUpdate();
    }
}
