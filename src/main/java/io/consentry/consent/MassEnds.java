package io.consentry.consent;

import io.consentry.database.BulkStatement;
import io.consentry.ledger.MassEntries;
import io.consentry.ledger.MassEntries.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * Writes down many ends that orders have brought, each as {@link ConsentStore#write} would have written it, by one statement
 * for all rows and one for all entries.
 */
@ApplicationScoped
class MassEnds {

    private static final BulkStatement<ConsentRow> UPDATE = new BulkStatement<ConsentRow>("""
            update consent c set state = g.state, version = g.version, ended_at = g.ended_at, seal = g.seal
            from unnest(?::uuid[], ?::text[], ?::integer[], ?::text[]::timestamptz[], ?::bytea[])
                as g (grant_id, state, version, ended_at, seal)
            where c.grant_id = g.grant_id""")
            .uuid(row -> row.grantId)
            .text(row -> row.state)
            .integer(row -> row.version)
            .instant(row -> ConsentMapping.need(row.endedAt))
            .bytes(ConsentRow::seal);

    private final StatelessSession session;
    private final ConsentStore store;
    private final OrderStore orders;
    private final MassEntries entries;
    private final Event<ConsentsEnded> endings;

    MassEnds(
            StatelessSession session,
            ConsentStore store,
            OrderStore orders,
            MassEntries entries,
            Event<ConsentsEnded> endings) {
        this.session = session;
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
            session.doWork(connection -> UPDATE.execute(rows, connection));
            endings.fire(new ConsentsEnded(ended));
            entries.append(events);
        }
        return rows.size();
    }

    private static RevocationOrder order(ConsentRow row, Map<Long, Optional<RevocationOrder>> known) {
        return known.getOrDefault(ConsentMapping.need(row.endedByOrder), Optional.empty())
                .orElseThrow();
    }
}
