package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import io.consentry.key.DataKey;
import io.consentry.key.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Appends many entries by one statement. They are what {@link Ledger#append} would have made of each. */
@ApplicationScoped
public class MassEntries {

    private static final String APPEND = """
            with given as (
                select * from unnest(?::bytea[], ?::uuid[], ?::uuid[], ?::integer[], ?::bytea[])
                    with ordinality as g (entry, person_id, grant_id, grant_version, sealed, place)),
            committed as (
                insert into ledger_commitment (entry) select entry from given order by place returning id, entry),
            queued as (
                insert into ledger_staged (commitment_id) select id from committed)
            insert into ledger_event (commitment_id, person_id, grant_id, grant_version, sealed)
                select id, person_id, grant_id, grant_version, sealed from committed join given using (entry)""";

    private final StatelessSession session;
    private final Ledger ledger;
    private final PersonKeys personKeys;

    MassEntries(StatelessSession session, Ledger ledger, PersonKeys personKeys) {
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
        Map<PersonId, DataKey> keys =
                personKeys.findAll(entries.stream().map(Entry::person).collect(Collectors.toSet()));
        List<Draft> drafts = entries.stream().map(entry -> draft(entry, keys)).toList();
        session.doWork(connection -> append(drafts, connection));
    }

    private Draft draft(Entry entry, Map<PersonId, DataKey> keys) {
        DataKey key = keys.get(entry.person());
        return key == null ? ledger.draft(entry.event()) : Ledger.draft(entry.event(), entry.person(), key);
    }

    private static void append(List<Draft> drafts, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setArray(1, connection.createArrayOf("bytea", bytes(drafts, Draft::entry)));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid",
                            each(
                                    drafts,
                                    draft -> draft.person().map(PersonId::value).orElse(null))));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid",
                            each(drafts, draft -> draft.event().grantId().value())));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "integer", each(drafts, draft -> draft.event().version())));
            statement.setArray(5, connection.createArrayOf("bytea", bytes(drafts, Draft::sealed)));
            statement.executeUpdate();
        }
    }

    private static Object[] each(List<Draft> drafts, Function<Draft, @Nullable Object> column) {
        return drafts.stream().map(column).toArray();
    }

    /** The driver takes binary values only as what they are. */
    private static byte[][] bytes(List<Draft> drafts, Function<Draft, byte[]> column) {
        return drafts.stream().map(column).toArray(byte[][]::new);
    }
}
