package io.consentry.authorization;

import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.AmendmentRequests;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.LogNumber;
import io.consentry.key.RowSeals;
import io.consentry.ledger.Logs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StaleStateException;
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
    private final AmendmentRequests amendments;
    private final Clients clients;
    private final ClientWords words;
    private final OpenRequests open;
    private final Logs logs;
    private final AuthorizationSettings settings;
    private final InstantSource clock;

    PushedRequests(
            StatelessSession session,
            RowSeals seals,
            AmendmentRequests amendments,
            Clients clients,
            ClientWords words,
            OpenRequests open,
            Logs logs,
            AuthorizationSettings settings,
            InstantSource clock) {
        this.session = session;
        this.seals = seals;
        this.amendments = amendments;
        this.clients = clients;
        this.words = words;
        this.open = open;
        this.logs = logs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Stores a request, with what its client says to the person: one row and nothing else, until somebody comes for it ({@link
     * FirstOpening}). Throws {@code too_many_open_requests} when its client has as many open as it may.
     */
    @Transactional
    public String store(AuthorizationRequest request, Optional<String> message) {
        Instant now = clock.instant();
        var row = new RequestRow();
        row.write(request, logs.forNewGrant(), now);
        var log = new LogNumber(row.log);
        Handle handle = Handle.random(log);
        row.id = InteractionId.random(log).value();
        row.requestUriHash = handle.hash();
        if (request.grant() instanceof GrantManagement.Amend amend) {
            row.amendGeneration = amendments
                    .against(request.wish(amend))
                    .orElseThrow(() -> GrantManagement.noSuchGrant().raise());
        }
        row.mostOpen = open.most();
        row.expiresAt = now.plus(settings.requestUriLifetime());
        row.decideBy = now.plus(settings.timeToDecide());
        row.sealedMessage = message.map(text -> words.seal(row.id, text)).orElse(null);
        seals.seal(row);
        try {
            session.insert(row);
        } catch (StaleStateException noRow) { // what the trigger leaves out counts as a row that is not there
            throw open.tooMany().raise();
        }
        return URN + handle.value();
    }

    /** The request that a client's {@code request_uri} stands for, if it may be opened now; opening it again is allowed. */
    @Transactional
    public Optional<InteractionId> open(String clientId, String requestUri) {
        Instant now = clock.instant();
        return behind(clientId, requestUri)
                .filter(row -> isOpen(row) && now.isBefore(row.expiresAt))
                .map(row -> new InteractionId(row.id));
    }

    /** The same once it is closed, for whoever decided on it. */
    @Transactional
    Optional<InteractionId> closed(String clientId, String requestUri) {
        return behind(clientId, requestUri)
                .filter(row -> row.finishedAt != null)
                .map(row -> new InteractionId(row.id));
    }

    private Optional<RequestRow> behind(String clientId, String requestUri) {
        if (!requestUri.startsWith(URN)) {
            return Optional.empty();
        }
        return session.createSelectionQuery("from RequestRow where requestUriHash = :hash", RequestRow.class)
                .setParameter("hash", new Handle(requestUri.substring(URN.length())).hash())
                .uniqueResultOptional()
                .filter(row -> seals.isSound(row) && row.clientId.equals(clientId));
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

    /** A request that is closed, which it stays: nobody needs a lock to read it. */
    @Transactional
    Optional<RequestRow> finished(InteractionId id) {
        return recall(id).filter(row -> row.finishedAt != null && isOfActiveClient(row));
    }

    /** A request that is open or was finished, locked: of two decisions, the second waits here, and finds what the first did. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RequestRow> lockAny(InteractionId id) {
        return Optional.ofNullable(session.get(RequestRow.class, id.value(), LockMode.PESSIMISTIC_WRITE))
                .filter(seals::isSound)
                .filter(row -> row.finishedAt != null ? isOfActiveClient(row) : isOpen(row));
    }

    /**
     * Nothing of a suspended client's is open: its requests are neither shown nor decided until that ends. Nor is one whose answer
     * would stand beside another one in its address; it was pushed before that was refused.
     */
    private boolean isOpen(RequestRow row) {
        return row.isOpen(clock.instant()) && mayBeAnswered(row);
    }

    boolean mayBeAnswered(RequestRow row) {
        return RegisteredClient.answerFault(URI.create(row.redirectUri)).isEmpty() && isOfActiveClient(row);
    }

    private boolean isOfActiveClient(RequestRow row) {
        return clients.find(new ClientId(row.clientId))
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

    /** Notes on a locked request that what it asks for has been written. */
    @Transactional(Transactional.TxType.MANDATORY)
    void recorded(RequestRow row) {
        row.recordedAt = clock.instant();
        write(row);
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
}
