package io.consentry.consent;

import static io.consentry.schema.ConsentTable.CONSENT;

import io.consentry.database.ManyRows;
import io.consentry.ledger.MassEntries;
import io.consentry.ledger.MassEntries.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * Writes down many ends that orders have brought, each as {@link ConsentStore#write} would have written it, by one statement
 * for all rows and one for all entries.
 */
@ApplicationScoped
class MassEnds {

    private static final ManyRows<ConsentRow> ENDED = new ManyRows<ConsentRow>("ended")
            .with(CONSENT.GRANT_ID, row -> row.grantId)
            .with(CONSENT.STATE, row -> row.state)
            .with(CONSENT.VERSION, row -> row.version)
            .with(CONSENT.ENDED_AT, row -> ConsentMapping.need(row.endedAt))
            .with(CONSENT.SEAL, ConsentRow::seal);

    private final DSLContext sql;
    private final ConsentStore store;
    private final OrderStore orders;
    private final MassEntries entries;
    private final Event<ConsentsEnded> endings;

    MassEnds(DSLContext sql, ConsentStore store, OrderStore orders, MassEntries entries, Event<ConsentsEnded> endings) {
        this.sql = sql;
        this.store = store;
        this.orders = orders;
        this.entries = entries;
        this.endings = endings;
    }

    /**
     * Writes the ends of grants whose rows the caller has locked, in the caller's transaction.
     *
     * @return how many; a damaged row is left as it is
     */
    int write(List<ConsentRow> locked) {
        var known = new HashMap<Long, Optional<RevocationOrder>>();
        var rows = new ArrayList<ConsentRow>();
        var ended = new ArrayList<Consent.Ended>();
        var events = new ArrayList<Entry>();
        for (ConsentRow row : locked) {
            Consent consent = store.read(row, id -> known.computeIfAbsent(id, orders::find));
            if (row.isStanding() && consent instanceof Consent.Ended end) {
                ConsentMapping.apply(end, row);
                store.seal(row);
                rows.add(row);
                ended.add(end);
                events.add(new Entry(order(row, known).event(end), end.person()));
            }
        }
        if (!rows.isEmpty()) {
            update(rows);
            endings.fire(new ConsentsEnded(ended));
            entries.append(events);
        }
        return rows.size();
    }

    private void update(List<ConsentRow> rows) {
        Table<?> ended = ENDED.of(rows);
        sql.update(CONSENT)
                .set(CONSENT.STATE, ended.field(CONSENT.STATE))
                .set(CONSENT.VERSION, ended.field(CONSENT.VERSION))
                .set(CONSENT.ENDED_AT, ended.field(CONSENT.ENDED_AT))
                .set(CONSENT.SEAL, ended.field(CONSENT.SEAL))
                .from(ended)
                .where(CONSENT.GRANT_ID.eq(ended.field(CONSENT.GRANT_ID)))
                .execute();
    }

    private static RevocationOrder order(ConsentRow row, Map<Long, Optional<RevocationOrder>> known) {
        return known.getOrDefault(ConsentMapping.need(row.endedByOrder), Optional.empty())
                .orElseThrow();
    }
}
