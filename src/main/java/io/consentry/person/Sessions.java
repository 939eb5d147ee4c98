package io.consentry.person;

import io.consentry.kernel.Handle;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.ServiceClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Sessions live in the database, so that any node knows them and the server can end them. */
@ApplicationScoped
public class Sessions {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final StatelessSession session;
    private final ServiceClock clock;

    Sessions(StatelessSession session, ServiceClock clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Opens a session for somebody who has just proved who they are; always under a new handle. */
    @Transactional
    public Handle open(PersonId person, String method, Assurance assurance) {
        Handle handle = Handle.random();
        Instant now = clock.instant();
        var row = new SessionRow();
        row.handleHash = handle.hash();
        row.personId = person.value();
        row.method = method;
        row.assurance = (short) assurance.level();
        row.authenticatedAt = now;
        row.expiresAt = now.plus(LIFETIME);
        session.insert(row);
        return handle;
    }

    /** The session of a cookie; empty when it has ended, has expired or never was. */
    @Transactional
    public Optional<Session> find(Handle handle) {
        SessionRow row = session.get(SessionRow.class, handle.hash());
        if (row == null || !clock.now(row.readAt).isAlive(row.expiresAt, LIFETIME)) {
            return Optional.empty();
        }
        return Optional.of(new Session(
                new PersonId(row.personId),
                row.method,
                Assurance.ofLevel(row.assurance),
                row.authenticatedAt,
                row.expiresAt));
    }

    /** Whether anybody is signed in by this method, or was not long ago. */
    @Transactional
    public boolean anyBy(String method) {
        return !session.createSelectionQuery("select 1 from SessionRow where method = :method", Integer.class)
                .setParameter("method", method)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Ends one session: the next request with its cookie is signed out. */
    @Transactional
    public void end(Handle handle) {
        session.createMutationQuery("delete from SessionRow where handleHash = :hash")
                .setParameter("hash", handle.hash())
                .executeUpdate();
    }

    /** Ends all sessions of a person, on every device. */
    @Transactional
    public void endAll(PersonId person) {
        session.createMutationQuery("delete from SessionRow where personId = :person")
                .setParameter("person", person.value())
                .executeUpdate();
    }

    /** Expiry is judged when a session is read; this only takes out the rubbish. */
    @Scheduled(every = "10m", delayed = "1m", skipExecutionIf = ServiceClock.InDoubt.class)
    @Transactional
    void sweep() {
        session.createNativeMutationQuery("delete from session where expires_at < least((select service_time()), :now)")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
