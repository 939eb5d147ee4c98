package io.consentry.consent;

import io.consentry.ledger.MassEntries;
import io.consentry.ledger.MassEntries.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/**
 * Writes down many ends that orders have brought, each as {@link ConsentStore#write} would have written it, by one statement
 * for all rows and one for all entries.
 */
@ApplicationScoped
class MassEnds {

    private static final String UPDATE = """
            update consent c set state = g.state, version = g.version, ended_at = g.ended_at, seal = g.seal
            from unnest(?::uuid[], ?::text[], ?::integer[], ?::text[]::timestamptz[], ?::bytea[])
                as g (grant_id, state, version, ended_at, seal)
            where c.grant_id = g.grant_id""";

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
     * Writes the ends of these grants, whose rows the caller has locked, in the caller's transaction.
     *
     * @return how many; a damaged row is left as it is
     */
    int write(List<UUID> grants) {
        var known = new HashMap<Long, Optional<RevocationOrder>>();
        var rows = new ArrayList<ConsentRow>();
        var ended = new ArrayList<Consent.Ended>();
        var events = new ArrayList<Entry>();
        for (ConsentRow row : rows(grants)) {
            Consent consent = store.read(row, id -> known.computeIfAbsent(id, orders::find));
            if (row.isStanding() && consent instanceof Consent.Ended end) {
                ConsentMapping.apply(end, row);
                row.seal = store.seal(row);
                rows.add(row);
                ended.add(end);
                events.add(new Entry(order(row, known).event(end), end.person()));
            }
        }
        if (!rows.isEmpty()) {
            session.doWork(connection -> update(rows, connection));
            endings.fire(new ConsentsEnded(ended));
            entries.append(events);
        }
        return rows.size();
    }

    private static RevocationOrder order(ConsentRow row, Map<Long, Optional<RevocationOrder>> known) {
        return known.getOrDefault(ConsentMapping.need(row.endedByOrder), Optional.empty())
                .orElseThrow();
    }

    private List<ConsentRow> rows(List<UUID> grants) {
        return session.createSelectionQuery("from ConsentRow where grantId in :grants", ConsentRow.class)
                .setParameterList("grants", grants)
                .getResultList();
    }

    private static void update(List<ConsentRow> rows, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setArray(1, column(connection, "uuid", rows, row -> row.grantId));
            statement.setArray(2, column(connection, "text", rows, row -> row.state));
            statement.setArray(3, column(connection, "integer", rows, row -> row.version));
            statement.setArray(
                    4,
                    column(
                            connection,
                            "text",
                            rows,
                            row -> ConsentMapping.need(row.endedAt).toString()));
            // The driver takes binary values only as what they are.
            byte[][] sealed = rows.stream().map(row -> row.seal).toArray(byte[][]::new);
            statement.setArray(5, connection.createArrayOf("bytea", sealed));
            statement.executeUpdate();
        }
    }

    private static Array column(
            Connection connection, String type, List<ConsentRow> rows, Function<ConsentRow, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
