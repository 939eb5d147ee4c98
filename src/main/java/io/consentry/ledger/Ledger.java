package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.key.DataKey;
import io.consentry.key.MasterKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * The append side of the ledger.
 *
 * <p>Life of an entry: {@link #draft} commits to an event and seals it; {@link #append} stores commitment, sealed event
 * and a place in the queue, in the transaction of the act that it records; the {@link Sequencer} gives it an index. There
 * is no path that changes or removes one.
 */
@ApplicationScoped
public class Ledger {

    private static final String APPEND = """
            with committed as (
                insert into ledger_commitment (entry) values (:entry) returning id),
            queued as (
                insert into ledger_staged (commitment_id) select id from committed)
            insert into ledger_event (commitment_id, person_id, grant_id, grant_version, sealed)
                select id, cast(:person as uuid), :grant, :version, :sealed from committed""";

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
        session.createNativeMutationQuery(APPEND)
                .setParameter("entry", draft.entry())
                .setParameter("person", draft.person().map(PersonId::toString).orElse(null), String.class)
                .setParameter("grant", draft.event().grantId().value())
                .setParameter("version", draft.event().version())
                .setParameter("sealed", draft.sealed())
                .executeUpdate();
    }

    private static Draft draft(LedgerEvent event, DataKey key, Optional<PersonId> person) {
        byte[] canonical = EventForm.canonical(event);
        byte[] opening = Commitment.newOpening();
        Commitment commitment = Commitment.to(canonical, opening);
        return new Draft(event, person, commitment, SealedEvent.seal(key, commitment, opening, canonical));
    }
}
