package io.consentry.person;

import static io.consentry.schema.EndedSessionTable.ENDED_SESSION;
import static io.consentry.schema.SessionTable.SESSION;
import static org.jooq.impl.DSL.deleteFrom;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import io.consentry.kernel.Handle;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.ServiceClock;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/**
 * Sessions live in the database, so that any node knows them and the server can end them. A row without its seal is no
 * session; nor is one that was ended, whoever puts it back, until it would have expired anyway.
 */
@ApplicationScoped
public class Sessions {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final StatelessSession session;
    private final DSLContext sql;
    private final RowSeals seals;
    private final ServiceClock clock;

    Sessions(StatelessSession session, DSLContext sql, RowSeals seals, ServiceClock clock) {
        this.session = session;
        this.sql = sql;
        this.seals = seals;
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
        seals.seal(row);
        session.insert(row);
        return handle;
    }

    /** The session of a cookie; empty when it has ended, has expired or never was. */
    @Transactional
    public Optional<Session> find(Handle handle) {
        SessionRow row = session.get(SessionRow.class, handle.hash());
        if (row == null || !isGood(row)) {
            return Optional.empty();
        }
        return Optional.of(new Session(
                new PersonId(row.personId),
                row.method,
                Assurance.ofLevel(row.assurance),
                row.authenticatedAt,
                row.expiresAt,
                Base64.getUrlEncoder().withoutPadding().encodeToString(row.handleHash)));
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

    private boolean isGood(SessionRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        if (row.ended > 0) {
            seals.reportOld(row);
            return false;
        }
        return clock.now(row.readAt).isAlive(row.expiresAt, LIFETIME);
    }

    /** Ends one session: the next request with its cookie is signed out. */
    @Transactional
    public void end(Handle handle) {
        var ended = name("ended")
                .as(deleteFrom(SESSION)
                        .where(SESSION.HANDLE_HASH.eq(handle.hash()))
                        .returningResult(SESSION.HANDLE_HASH, SESSION.EXPIRES_AT));
        sql.with(ended)
                .insertInto(ENDED_SESSION, ENDED_SESSION.HANDLE_HASH, ENDED_SESSION.UNTIL)
                .select(select(ended.field(SESSION.HANDLE_HASH), ended.field(SESSION.EXPIRES_AT))
                        .from(ended))
                .onConflictDoNothing()
                .execute();
    }
}
