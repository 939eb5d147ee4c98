package io.consentry.token;

import io.consentry.client.ClientScope;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.http.Limits;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.ServiceClock;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/**
 * Access tokens: random handles whose hash is the key of a row. Nothing in a token can be true for longer than the database
 * says so, and a row that does not carry its seal is no token.
 */
@ApplicationScoped
public class AccessTokens {

    private final StatelessSession session;
    private final RowSeals seals;
    private final RevokedTokens revoked;
    private final Clients clients;
    private final ClientTokens clientTokens;
    private final DpopProofs proofs;
    private final Bindings bindings;
    private final Limits limits;
    private final TokenSettings settings;
    private final ServiceClock clock;

    AccessTokens(
            StatelessSession session,
            RowSeals seals,
            RevokedTokens revoked,
            Clients clients,
            ClientTokens clientTokens,
            DpopProofs proofs,
            Bindings bindings,
            Limits limits,
            TokenSettings settings,
            ServiceClock clock) {
        this.session = session;
        this.seals = seals;
        this.revoked = revoked;
        this.clients = clients;
        this.clientTokens = clientTokens;
        this.proofs = proofs;
        this.bindings = bindings;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What an access token is issued on.
     *
     * @param refreshHash of the refresh token that it comes with or from
     * @param narrowedTo the attributes that it is for; all of the grant when empty
     */
    public record Basis(TokenFamily family, Optional<byte[]> refreshHash, Optional<Set<AttributeName>> narrowedTo) {

        /** Of a code that was redeemed, with the refresh token that comes beside it. */
        public static Basis of(TokenFamily family, Optional<Handle> refresh) {
            return new Basis(family, refresh.map(Handle::hash), Optional.empty());
        }

        /** Of a refresh token. */
        public static Basis of(RefreshToken refresh, Optional<Set<AttributeName>> narrowedTo) {
            return new Basis(refresh.family(), Optional.of(refresh.hash()), narrowedTo);
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public IssuedToken issue(Basis basis, Binding binding) {
        GrantId grant = basis.family().grant();
        Handle token = Handle.random(grant.log());
        var row = new AccessTokenRow();
        row.tokenHash = token.hash();
        row.clientId = basis.family().client().value();
        row.grantId = grant.value();
        row.log = grant.log().column();
        row.codeHash = basis.family().codeHash();
        row.refreshHash = basis.refreshHash().orElse(null);
        row.scope = basis.narrowedTo()
                .map(names -> names.stream().map(AttributeName::value).toArray(String[]::new))
                .orElse(null);
        row.bind(binding);
        row.expiresAt = clock.instant().plus(settings.accessTokenLifetime());
        seals.seal(row);
        session.insert(row);
        return new IssuedToken(token, binding.tokenType(), settings.accessTokenLifetime());
    }

    /** RFC 7009 §2.1: a client gives back what was issued to it. */
    static void requireOwn(String owner, ClientId client) {
        if (!owner.equals(client.value())) {
            throw Fault.of(FaultCode.TOKEN_OF_ANOTHER_CLIENT, "A client gives back its own tokens only.")
                    .raise();
        }
    }

    /** Whether it was one of these, and is revoked now; another client's is refused (RFC 7009 §2.1). */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean revoke(Handle token, ClientId client) {
        Optional<AccessTokenRow> found = find(token);
        found.ifPresent(row -> {
            requireOwn(row.clientId, client);
            revoked.add(row.tokenHash, row.log, row.expiresAt);
        });
        return found.isPresent();
    }

    /**
     * Follows the token of a request to a protected resource, and verifies that its sender is the one it is bound to
     * (FAPI 2.0 §5.3.4-5, RFC 9449 §7.1, RFC 8705 §3), and that it was issued, not revoked and has not expired
     * (FAPI 2.0 §5.3.4-3).
     *
     * @param resource the resource's path after the issuer, for example {@code /userinfo}
     * @param authorization every {@code Authorization} header of the request
     */
    public PresentedToken present(
            String method, String resource, List<String> authorization, List<String> proofHeaders) {
        SentToken sent = SentToken.of(authorization);
        TokenAndClient found = withClient(sent.token())
                .orElseThrow(() -> Fault.of(FaultCode.INVALID_ACCESS_TOKEN, "No such access token was issued.")
                        .raise());
        AccessTokenRow row = found.row();
        var call = new Call(method, resource, proofHeaders);
        requirePossession(call, sent, row.binding(), found.client());
        limits.count(found.client().id());
        if (row.revoked > 0) {
            throw Fault.of(FaultCode.INVALID_ACCESS_TOKEN, "The access token was revoked.")
                    .raise();
        }
        if (!clock.now(row.readAt).isAlive(row.expiresAt, settings.accessTokenLifetime())) {
            throw Fault.of(FaultCode.ACCESS_TOKEN_EXPIRED, "Ask the person again.")
                    .expecting("a token not older than " + settings.accessTokenLifetime(), "expired " + row.expiresAt)
                    .raise();
        }
        if (!found.client().isActive()) {
            throw Fault.of(FaultCode.CLIENT_SUSPENDED, "Ask the operator why.").raise();
        }
        return new PresentedToken(new GrantId(row.grantId), found.client(), row.narrowedTo());
    }

    /** A token that was issued, whatever became of it, and the client that holds it, in two reads of a primary key. */
    record TokenAndClient(AccessTokenRow row, RegisteredClient client) {}

    @Transactional
    Optional<TokenAndClient> withClient(Handle token) {
        return find(token)
                .flatMap(
                        row -> clients.find(new ClientId(row.clientId)).map(client -> new TokenAndClient(row, client)));
    }

    private Optional<AccessTokenRow> find(Handle token) {
        return Optional.ofNullable(session.get(AccessTokenRow.class, token.hash()))
                .filter(seals::isSound);
    }

    /**
     * Follows the token of a client that comes in its own name ({@code client_credentials}), and verifies the proof that goes
     * with it. A token of a grant is not found here, nor is one of these where a grant's is wanted.
     *
     * @param resource the resource's path after the issuer, as it was called, for example {@code /events/poll}
     * @param authorization every {@code Authorization} header of the request
     * @param required what the token must have been issued for
     */
    public ClientId presentByClient(
            String method,
            String resource,
            List<String> authorization,
            List<String> proofHeaders,
            ClientScope required) {
        SentToken sent = SentToken.of(authorization);
        ClientTokens.TokenAndClient found = clientTokens
                .find(sent.token())
                .orElseThrow(() -> Fault.of(FaultCode.INVALID_ACCESS_TOKEN, "No such token was issued to a client.")
                        .suggesting("Ask for one with grant_type=client_credentials.")
                        .raise());
        var call = new Call(method, resource, proofHeaders);
        requirePossession(call, sent, found.binding(), found.client());
        limits.count(found.client().id());
        boolean alive = clock.now(found.row().readAt).isAlive(found.row().expiresAt, settings.accessTokenLifetime());
        found.requireUse(required, alive);
        return found.client().id();
    }

    /** What is called, with every {@code DPoP} header that came along. */
    private record Call(String method, String resource, List<String> proofHeaders) {}

    private void requirePossession(Call call, SentToken sent, Binding binding, RegisteredClient client) {
        sent.mustBeSentFor(binding);
        switch (binding) {
            case Binding.Dpop(String jkt) ->
                proofs.atResource(
                        call.method(),
                        call.resource(),
                        call.proofHeaders(),
                        new Possession(sent.token(), jkt, client.id(), client.strictness()));
            case Binding.Certificate(String thumbprint) -> bindings.isOfTheConnection(thumbprint);
        }
    }
}
