package io.consentry.token;

import io.consentry.client.ClientScope;
import io.consentry.client.Clients;
import io.consentry.client.GrantType;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import io.consentry.kernel.LogNumber;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Access tokens of clients in their own name (RFC 6749 §4.4), in a table of their own: one of them can never pass for a token
 * of a grant. Like those they are random handles whose hash is the key of a sealed row.
 */
@ApplicationScoped
public class ClientTokens {

    private final StatelessSession session;
    private final RowSeals seals;
    private final RevokedTokens revoked;
    private final Clients clients;
    private final TokenSettings settings;
    private final InstantSource clock;

    ClientTokens(
            StatelessSession session,
            RowSeals seals,
            RevokedTokens revoked,
            Clients clients,
            TokenSettings settings,
            InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.revoked = revoked;
        this.clients = clients;
        this.settings = settings;
        this.clock = clock;
    }

    /** A token that was issued, whatever became of it, and the client that holds it. */
    record TokenAndClient(ClientTokenRow row, RegisteredClient client) {

        Binding binding() {
            return AccessTokenRow.binding(row.dpopJkt, row.certThumbprint);
        }

        Set<ClientScope> scopes() {
            return Arrays.stream(row.scope)
                    .flatMap(scope -> ClientScope.of(scope).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Refuses a token that cannot be used for this now, or does not suffice for it (FAPI 2.0 §5.3.4-4). */
        void requireUse(ClientScope required, boolean alive) {
            if (row.revoked > 0 || !client.mayUse(GrantType.CLIENT_CREDENTIALS)) {
                throw Fault.of(FaultCode.INVALID_ACCESS_TOKEN, "The access token was revoked.")
                        .raise();
            }
            if (!alive) {
                throw Fault.of(FaultCode.ACCESS_TOKEN_EXPIRED, "Ask for a new one.")
                        .expecting("a token in its lifetime", "expired " + row.expiresAt)
                        .raise();
            }
            if (!client.isActive()) {
                throw Fault.of(FaultCode.CLIENT_SUSPENDED, "Ask the operator why.")
                        .raise();
            }
            if (!scopes().contains(required)) {
                throw Fault.of(FaultCode.INSUFFICIENT_SCOPE, "It needs the scope " + required.wire() + ".")
                        .expecting(required.wire(), text(scopes()))
                        .raise();
            }
        }
    }

    @Transactional
    public IssuedToken issue(ClientId client, Set<ClientScope> scopes, Binding binding) {
        Handle token = Handle.random();
        var row = new ClientTokenRow();
        row.tokenHash = token.hash();
        row.clientId = client.value();
        row.scope = scopes.stream().map(ClientScope::wire).sorted().toArray(String[]::new);
        row.bind(binding);
        row.expiresAt = clock.instant().plus(settings.accessTokenLifetime());
        seals.seal(row);
        session.insert(row);
        return new IssuedToken(token, binding.tokenType(), settings.accessTokenLifetime());
    }

    @Transactional
    Optional<TokenAndClient> find(Handle token) {
        return row(token)
                .flatMap(
                        row -> clients.find(new ClientId(row.clientId)).map(client -> new TokenAndClient(row, client)));
    }

    private Optional<ClientTokenRow> row(Handle token) {
        return Optional.ofNullable(session.get(ClientTokenRow.class, token.hash()))
                .filter(seals::isSound);
    }

    /** Revokes a client's token; another client's is refused, and one that never was is no error (RFC 7009 §2.1). */
    @Transactional(Transactional.TxType.MANDATORY)
    void revoke(Handle token, ClientId client) {
        row(token).ifPresent(row -> {
            AccessTokens.requireOwn(row.clientId, client);
            revoked.add(row.tokenHash, LogNumber.FIRST.column(), row.expiresAt);
        });
    }

    /** Scopes as a token request and its answer have them. */
    public static String text(Set<ClientScope> scopes) {
        return scopes.stream().map(ClientScope::wire).sorted().collect(Collectors.joining(" "));
    }
}
