package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/**
 * The append side of the ledger.
 *
 * <p>Life of an entry: {@link #draft} commits to an event and seals it; {@link #append} stores commitment, sealed event
 * and a place in the queue, in the transaction of the act that it records; the {@link Sequencer} gives it an index. There
 * is no path that changes or removes one.
 */
@ApplicationScoped
public class Ledger {

    private static final String COMMIT = """
            with committed as (
                insert into ledger_commitment (entry) values (:entry) returning id),
            queued as (
                insert into ledger_staged (commitment_id) select id from committed)""";

    private static final String SEAL = """

            insert into ledger_event (commitment_id, person_id, grant_id, grant_version, row_id, row_step, sealed)
                select id, cast(:person as uuid), :grant, :version, cast(:row as uuid), :step, :sealed
                from committed""";

    private static final String APPEND = COMMIT + SEAL;

    /**
     * The same, and the entry is put into the outbox, if its client follows what happens to its grants. What is told is
     * queued with what happened, or neither is there; entries that nobody is told of do not come by here.
     */
    private static final String APPEND_AND_TELL = COMMIT + """
            ,
            told as (
                insert into ledger_outbox (commitment_id, jti, client_id, grant_id, person_id, grant_version, kind,
                                           occurred_at)
                    select id, :jti, f.client_id, :grant, cast(:person as uuid), :version, :kind, :at
                    from committed, ledger_follower f where f.client_id = :client)""" + SEAL;

    private final StatelessSession session;
    private final PersonKeys personKeys;
    private final MasterKey master;
    private final String origin;

    Ledger(StatelessSession session, PersonKeys personKeys, MasterKey master, Settings settings) {
        this.session = session;
        this.personKeys = personKeys;
        this.master = master;
        this.origin = settings.ledger().origin();
    }

    /** The log's name. */
    public String origin() {
        return origin;
    }

    /** Commits to an event of a person and seals it under that person's key. Writes nothing. */
    public Draft draft(LedgerEvent event, PersonId person) {
        DataKey key = personKeys
                .find(person)
                .orElseThrow(() -> new IllegalStateException("the person's key was erased: nothing can be recorded"));
        return draft(event, person, key);
    }

    static Draft draft(LedgerEvent event, PersonId person, DataKey key) {
        return draft(event, key, Optional.of(person));
    }

    /** Commits to an event that names nobody yet. Writes nothing. */
    public Draft draft(LedgerEvent event) {
        return draft(event, master.own(), Optional.empty());
    }

    /**
     * Appends in the caller's transaction. The commit of that transaction is the promise that the entry will get an index:
     * a crash before it leaves neither act nor entry, a crash after it leaves both.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Draft draft) {
        append(draft, Optional.empty());
    }

    /** The same, and if the event took a sealed row a step further, from now on a row that is behind that is known for one. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(Draft draft, Optional<RowStep> step) {
        LedgerEvent event = draft.event();
        boolean told = event.kind().isTold() && draft.person().isPresent();
        MutationQuery insert = session.createNativeMutationQuery(told ? APPEND_AND_TELL : APPEND)
                .setParameter("entry", draft.entry())
                .setParameter("person", draft.person().map(PersonId::toString).orElse(null), String.class)
                .setParameter("grant", event.grantId().value())
                .setParameter("version", event.version())
                .setParameter("row", step.map(RowStep::row).map(UUID::toString).orElse(null), String.class)
                .setParameter("step", step.map(RowStep::number).orElse(null), Long.class)
                .setParameter("sealed", draft.sealed());
        if (told) {
            insert.setParameter("jti", event.recordId())
                    .setParameter("client", event.clientId().value())
                    .setParameter("kind", event.kind().wire())
                    .setParameter("at", event.at());
        }
        insert.executeUpdate();
    }

    private static Draft draft(LedgerEvent event, DataKey key, Optional<PersonId> person) {
        byte[] canonical = EventForm.canonical(event);
        byte[] opening = Commitment.newOpening();
        Commitment commitment = Commitment.to(canonical, opening);
        return new Draft(event, person, commitment, SealedEvent.seal(key, commitment, opening, canonical));
    }
}
