package io.consentry.ledger;

import io.consentry.database.BulkStatement;
import io.consentry.kernel.PersonId;
import io.consentry.key.PersonKeys;
import io.consentry.key.PersonKeys.With;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Appends many entries by one statement. They are what {@link Ledger#append} would have made of each, the
 * outbox of clients included. */
@ApplicationScoped
public class MassEntries {

    private static final BulkStatement<Draft> APPEND = new BulkStatement<Draft>("""
            with given as materialized (
                select * from unnest(?::integer[]::smallint[], ?::bytea[], ?::uuid[], ?::uuid[], ?::integer[], ?::bytea[],
                                     ?::uuid[], ?::text[], ?::text[], ?::text[]::timestamptz[])
                    with ordinality as g (log, entry, person_id, grant_id, grant_version, sealed,
                                          jti, client_id, told_kind, occurred_at, place)),
            -- In one order, so that two who number for the same persons wait for each other and never in a circle.
            numbered as materialized (
                select person_id, log, events, number_events(person_id, log, events) as last
                from (select person_id, log, count(*) as events from given
                      where person_id is not null group by person_id, log order by person_id, log) as counted),
            committed as (
                insert into ledger_commitment (log, entry)
                    select log, entry from given left join numbered using (person_id, log) order by place
                    returning id, log),
            queued as (
                insert into ledger_staged (log, commitment_id) select log, id from committed),
            placed as (
                select id, given.* from (select id, row_number() over (order by id) as place from committed) as c
                    join given using (place)),
            told as (
                insert into ledger_outbox (commitment_id, log, jti, client_id, grant_id, person_id, grant_version, kind,
                                           occurred_at)
                    select id, log, jti, client_id, grant_id, person_id, grant_version, told_kind, occurred_at
                    from placed join ledger_follower using (client_id) where told_kind is not null)
            insert into ledger_event (commitment_id, log, person_id, grant_id, grant_version, person_number, sealed)
                select id, log, person_id, grant_id, grant_version,
                    last - events + row_number() over (partition by person_id, log order by id), sealed
                from placed left join numbered using (person_id, log) order by id""")
            .integer(draft -> draft.event().grantId().log().value())
            .bytes(Draft::entry)
            .uuid(draft -> draft.person().map(PersonId::value).orElse(null))
            .uuid(draft -> draft.event().grantId().value())
            .integer(draft -> draft.event().version())
            .bytes(Draft::sealed)
            .uuid(draft -> draft.event().recordId())
            .text(draft -> draft.event().clientId().value())
            .text(MassEntries::toldKind)
            .instant(draft -> draft.event().at());

    private final StatelessSession session;
    private final Ledger ledger;
    private final PersonKeys personKeys;
    private final InStep database;

    MassEntries(StatelessSession session, Ledger ledger, PersonKeys personKeys, InStep database) {
        this.database = database;
        this.session = session;
        this.ledger = ledger;
        this.personKeys = personKeys;
    }

    /** An event, and the person whose key seals it. */
    public record Entry(LedgerEvent event, PersonId person) {}

    /**
     * Appends in the caller's transaction, in the order given. What belongs to a person whose key was erased is sealed under
     * the service's own key and names nobody: an end must be recorded all the same.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(List<Entry> entries) {
        database.require();
        Map<PersonId, With<Long[]>> keys = personKeys.findAll(
                entries.stream().map(Entry::person).collect(Collectors.toSet()), PersonNumbers::soFarInEach);
        List<Draft> drafts = entries.stream().map(entry -> draft(entry, keys)).toList();
        session.doWork(connection -> APPEND.execute(drafts, connection));
    }

    private Draft draft(Entry entry, Map<PersonId, With<Long[]>> keys) {
        With<Long[]> found = keys.get(entry.person());
        LedgerEvent event = entry.event();
        return found == null
                ? ledger.draft(event)
                : Ledger.draft(
                        event,
                        entry.person(),
                        found.key(),
                        found.beside()[event.grantId().log().value()]);
    }

    /** The kind, if the client is told of it; null otherwise. */
    private static @Nullable String toldKind(Draft draft) {
        EventKind kind = draft.event().kind();
        return kind.isTold() && draft.person().isPresent() ? kind.wire() : null;
    }
}
