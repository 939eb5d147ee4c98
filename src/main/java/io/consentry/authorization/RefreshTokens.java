package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.GrantType;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.ServiceClock;
import io.quarkus.scheduler.Scheduled;
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
    private final Catalogue catalogue;
    private final InstantSource clock;

    RefreshTokens(StatelessSession session, Catalogue catalogue, InstantSource clock) {
        this.session = session;
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
        session.insert(row);
        return Optional.of(token);
    }

    /** A token of this client that was not revoked, locked: a revocation comes before or after what is done with it. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RefreshTokenRow> lock(Handle token, ClientId client) {
        return lock(token).filter(row -> row.clientId.equals(client.value()) && row.revokedAt == null);
    }

    private Optional<RefreshTokenRow> lock(Handle token) {
        return Optional.ofNullable(session.get(RefreshTokenRow.class, token.hash(), LockMode.PESSIMISTIC_WRITE));
    }

    /** Revokes a client's token and every access token that it gave (RFC 7009 §2.1); another client's is refused. */
    @Transactional
    void revoke(Handle token, ClientId client) {
        Optional<RefreshTokenRow> found = lock(token);
        found.ifPresent(row -> AccessTokens.requireOwn(row.clientId, client));
        found.filter(row -> row.revokedAt == null).ifPresent(row -> {
            row.revokedAt = clock.instant();
            session.update(row);
            session.createMutationQuery(
                            "update AccessTokenRow set revokedAt = :now where refreshHash = :hash and revokedAt is null")
                    .setParameter("now", clock.instant())
                    .setParameter("hash", row.tokenHash)
                    .executeUpdate();
        });
    }

    /** Revokes the one that a code gave. */
    @Transactional(Transactional.TxType.MANDATORY)
    void revoke(CodeRow code) {
        session.createMutationQuery("update RefreshTokenRow set revokedAt = :now where grantId = :grant"
                        + " and (codeHash = :code or codeHash is null) and revokedAt is null")
                .setParameter("now", clock.instant())
                .setParameter("grant", code.grantId)
                .setParameter("code", code.codeHash)
                .executeUpdate();
    }

    /** What leads nowhere any more. */
    @Scheduled(every = "1h", delayed = "4m", skipExecutionIf = ServiceClock.InDoubt.class)
    @Transactional
    void sweep() {
        session.createNativeMutationQuery("""
                        delete from refresh_token r using consent c where c.grant_id = r.grant_id
                            and least(r.revoked_at, c.ended_at, c.expires_at)
                                < least((select service_time()), :now) - interval '1 day'""")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
