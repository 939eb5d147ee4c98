package io.consentry.authorization;

import io.consentry.client.ClientScope;
import io.consentry.client.GrantType;
import io.consentry.client.Strictness;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import io.consentry.kernel.ServiceClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Access tokens of clients in their own name (RFC 6749 §4.4), in a table of their own: one of them can never pass for a token
 * of a grant. Like those they are random handles whose hash is the key of a row, and one query says all that is true of them.
 */
@ApplicationScoped
class ClientTokens {

    private final StatelessSession session;
    private final AuthorizationSettings settings;
    private final InstantSource clock;

    ClientTokens(StatelessSession session, AuthorizationSettings settings, InstantSource clock) {
        this.session = session;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A token that was issued, whatever became of it.
     *
     * @param registered whether its client may still get such tokens
     * @param readAt when this was read, by the database's clock
     */
    record Held(
            ClientId clientId,
            Set<ClientScope> scopes,
            Binding binding,
            Instant expiresAt,
            boolean revoked,
            boolean clientActive,
            boolean registered,
            Strictness strictness,
            Instant readAt) {

        /** Refuses a token that cannot be used for this now, or does not suffice for it (FAPI 2.0 §5.3.4-4). */
        void requireUse(ClientScope required, boolean alive) {
            if (revoked || !registered) {
                throw Fault.of(FaultCode.INVALID_ACCESS_TOKEN, "The access token was revoked.")
                        .raise();
            }
            if (!alive) {
                throw Fault.of(FaultCode.ACCESS_TOKEN_EXPIRED, "Ask for a new one.")
                        .expecting("a token in its lifetime", "expired " + expiresAt)
                        .raise();
            }
            if (!clientActive) {
                throw Fault.of(FaultCode.CLIENT_SUSPENDED, "Ask the operator why.")
                        .raise();
            }
            if (!scopes.contains(required)) {
                throw Fault.of(FaultCode.INSUFFICIENT_SCOPE, "It needs the scope " + required.wire() + ".")
                        .expecting(required.wire(), text(scopes))
                        .raise();
            }
        }
    }

    @Transactional
    public Handle issue(ClientId client, Set<ClientScope> scopes, Binding binding) {
        Handle token = Handle.random();
        var row = new ClientTokenRow();
        row.tokenHash = token.hash();
        row.clientId = client.value();
        row.scope = scopes.stream().map(ClientScope::wire).sorted().toArray(String[]::new);
        row.bind(binding);
        row.expiresAt = clock.instant().plus(settings.accessTokenLifetime());
        session.insert(row);
        return token;
    }

    @Transactional
    Optional<Held> find(Handle token) {
        return session.createNativeQuery("""
                        select t.client_id, array_to_string(t.scope, ' '), t.dpop_jkt, t.expires_at,
                               t.revoked_at is not null, c.status, :type = any (c.grant_types),
                               c.dpop_nonce_required, array_to_string(c.leniencies, ' '), t.cert_thumbprint, service_time()
                        from client_token t join client c using (client_id) where t.token_hash = :hash""", Object[].class)
                .setParameter("type", GrantType.CLIENT_CREDENTIALS.wire())
                .setParameter("hash", token.hash())
                .uniqueResultOptional()
                .map(ClientTokens::held);
    }

    /** Revokes a client's token; another client's is refused, and one that never was is no error (RFC 7009 §2.1). */
    @Transactional
    void revoke(Handle token, ClientId client) {
        ClientTokenRow row = session.get(ClientTokenRow.class, token.hash());
        if (row != null) {
            AccessTokens.requireOwn(row.clientId, client);
        }
        session.createMutationQuery("update ClientTokenRow set revokedAt = :now"
                        + " where tokenHash = :hash and clientId = :client and revokedAt is null")
                .setParameter("now", clock.instant())
                .setParameter("hash", token.hash())
                .setParameter("client", client.value())
                .executeUpdate();
    }

    static String text(Set<ClientScope> scopes) {
        return scopes.stream().map(ClientScope::wire).sorted().collect(Collectors.joining(" "));
    }

    private static Held held(Object[] columns) {
        return new Held(
                new ClientId((String) columns[0]),
                Arrays.stream(((String) columns[1]).split(" "))
                        .flatMap(scope -> ClientScope.of(scope).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                AccessTokenRow.binding((String) columns[2], (String) columns[9]),
                (Instant) columns[3],
                (Boolean) columns[4],
                "ACTIVE".equals(columns[5]),
                (Boolean) columns[6],
                AccessTokens.strictness((Boolean) columns[7], (String) columns[8]),
                (Instant) columns[10]);
    }

    @Scheduled(every = "10m", delayed = "3m", skipExecutionIf = ServiceClock.InDoubt.class)
    @Transactional
    void sweep() {
        session.createNativeMutationQuery(
                        "delete from client_token where expires_at < least((select service_time()), :now) - interval '24 hours'")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
