package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.AmendmentRequests;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.consent.Consents;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.InteractionId;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Pushed requests from PAR until a person has decided. The {@code request_uri} is random, so that nobody guesses one
 * (RFC 9126 §7.1), and stored as a hash. A row without its seal is no request.
 */
@ApplicationScoped
class PushedRequests {

    static final String URN = "urn:ietf:params:oauth:request_uri:";

    private final StatelessSession session;
    private final RowSeals seals;
    private final Consents consents;
    private final AmendmentRequests amendments;
    private final Clients clients;
    private final Catalogue catalogue;
    private final SignInDemand demand;
    private final ClientWords words;
    private final AuthorizationSettings settings;
    private final InstantSource clock;

    PushedRequests(
            StatelessSession session,
            RowSeals seals,
            Consents consents,
            AmendmentRequests amendments,
            Clients clients,
            Catalogue catalogue,
            SignInDemand demand,
            ClientWords words,
            AuthorizationSettings settings,
            InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.consents = consents;
        this.amendments = amendments;
        this.clients = clients;
        this.catalogue = catalogue;
        this.demand = demand;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Stores a checked request with the consent that it asks for, or the change of one; the commit makes both, and the ledger
     * entry, true.
     */
    @Transactional
    public String store(PushedRequest request) {
        Instant now = clock.instant();
        Handle handle = Handle.random();
        RequestRow stored = switch (GrantManagement.read(request.form())) {
            case GrantManagement.Create anew -> {
                var consent = consents.request(terms(request, now), settings.timeToDecide());
                yield row(request, handle, consent.terms().grantId(), now);
            }
            case GrantManagement.Amend(Mode mode, GrantId grant) -> {
                RequestRow row = row(request, handle, grant, now);
                row.amendmentId = amend(request, mode, terms(request, now), grant);
                yield row;
            }
        };
        seals.seal(stored);
        session.insert(stored);
        return URN + handle.value();
    }

    private UUID amend(PushedRequest request, Mode mode, Terms asked, GrantId grant) {
        RegisteredClient client = request.client();
        var wish = new AmendmentRequests.Wish(
                grant, client.id(), mode, asked.purpose(), asked.requested(), client.optionalScope());
        return amendments
                .request(wish, settings.timeToDecide())
                .orElseThrow(() -> GrantManagement.noSuchGrant().raise())
                .id()
                .value();
    }

    /** The request that a client's {@code request_uri} stands for, if it may be opened now; opening it again is allowed. */
    @Transactional
    public Optional<InteractionId> open(String clientId, String requestUri) {
        if (!requestUri.startsWith(URN)) {
            return Optional.empty();
        }
        byte[] hash = new Handle(requestUri.substring(URN.length())).hash();
        Instant now = clock.instant();
        return session.createSelectionQuery("from RequestRow where requestUriHash = :hash", RequestRow.class)
                .setParameter("hash", hash)
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .uniqueResultOptional()
                .filter(seals::isSound)
                .filter(row -> row.clientId.equals(clientId) && isOpen(row) && now.isBefore(row.expiresAt))
                .map(row -> {
                    row.openedAt = now;
                    write(row);
                    return new InteractionId(row.id);
                });
    }

    /** A request, open or not. */
    @Transactional
    Optional<RequestRow> recall(InteractionId id) {
        return Optional.ofNullable(session.get(RequestRow.class, id.value())).filter(seals::isSound);
    }

    /** A request that is still open. */
    @Transactional
    Optional<RequestRow> find(InteractionId id) {
        return recall(id).filter(this::isOpen);
    }

    /** A request whose time is over, and that nobody has decided. */
    @Transactional
    Optional<RequestRow> lapsed(InteractionId id) {
        return recall(id).filter(row -> row.finishedAt == null && !row.isOpen(clock.instant()));
    }

    /** A request that is still open, locked until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RequestRow> lock(InteractionId id) {
        return Optional.ofNullable(session.get(RequestRow.class, id.value(), LockMode.PESSIMISTIC_WRITE))
                .filter(seals::isSound)
                .filter(this::isOpen);
    }

    /** Nothing of a suspended client's is open: its requests are neither shown nor decided until that ends. */
    private boolean isOpen(RequestRow row) {
        return row.isOpen(clock.instant())
                && clients.find(new ClientId(row.clientId))
                        .filter(RegisteredClient::isActive)
                        .isPresent();
    }

    /** Notes on a locked request that somebody is sent to sign in for it; the first time counts. */
    @Transactional(Transactional.TxType.MANDATORY)
    void askToSignIn(RequestRow row) {
        if (row.signInAskedAt == null) {
            row.signInAskedAt = clock.instant();
            write(row);
        }
    }

    /** Closes a locked request: its {@code request_uri} and its pages are dead from now on, whoever has a copy (RFC 9126 §7.3). */
    @Transactional(Transactional.TxType.MANDATORY)
    void finish(RequestRow row) {
        row.finishedAt = clock.instant();
        write(row);
    }

    private void write(RequestRow locked) {
        seals.seal(locked);
        session.update(locked);
    }

    private Terms terms(PushedRequest request, Instant now) {
        RegisteredClient client = request.client();
        var requested = new TreeSet<AttributeName>();
        for (String scope : ParChecks.scopes(request)) {
            requested.addAll(catalogue.expand(scope));
            requested.addAll(client.attributesOf(scope));
        }
        requested.addAll(claimed(request));
        var optional = new TreeSet<>(requested);
        optional.retainAll(client.optionalScope());
        return new Terms(GrantId.create(), client.id(), purpose(client), requested, optional, now);
    }

    private PurposeVersion purpose(RegisteredClient client) {
        return catalogue
                .purpose(client.purpose())
                .map(Purpose::id)
                .orElseThrow(() -> new IllegalStateException("a request for no known purpose passed the checks"));
    }

    /**
     * What {@code claims} adds for the record (OpenID Connect Core §5.5): attributes by their names, as scopes do, within what
     * is registered and its purpose allows. Whatever else it names is ignored.
     */
    private Set<AttributeName> claimed(PushedRequest request) {
        var claimed = new TreeSet<AttributeName>();
        request.signIn().claims().userinfo().forEach(name -> claimed.addAll(catalogue.expand(name)));
        claimed.retainAll(request.client().scope());
        claimed.retainAll(catalogue
                .purpose(request.client().purpose())
                .map(Purpose::attributes)
                .orElseThrow());
        return claimed;
    }

    private RequestRow row(PushedRequest request, Handle handle, GrantId grant, Instant now) {
        Form form = request.form();
        var row = new RequestRow();
        row.id = InteractionId.random().value();
        row.requestUriHash = handle.hash();
        row.clientId = request.client().id().value();
        row.grantId = grant.value();
        row.protocolScope = ParChecks.scopes(request).stream()
                .filter(RegisteredClient.PROTOCOL_SCOPES::contains)
                .toArray(String[]::new);
        row.redirectUri = form.require("redirect_uri");
        row.state = form.get("state").orElse(null);
        row.nonce = form.get("nonce").orElse(null);
        row.codeChallenge = form.require("code_challenge");
        row.dpopJkt = form.get("dpop_jkt").or(request::proofKey).orElse(null);
        row.expiresAt = now.plus(settings.requestUriLifetime());
        row.decideBy = now.plus(settings.timeToDecide());
        row.sealedMessage = form.get("authentication_context_message")
                .map(message -> words.seal(row.id, message))
                .orElse(null);
        demand.write(request, now, row);
        return row;
    }
}
