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

/** Appends many entries by one statement. They are what {@link Ledger#append} would have made of each, the
 * outbox of clients included. */
@ApplicationScoped
public class MassEntries {

    private static final String APPEND = """
            with given as (
                select * from unnest(?::bytea[], ?::uuid[], ?::uuid[], ?::integer[], ?::bytea[],
                                     ?::uuid[], ?::text[], ?::text[], ?::text[]::timestamptz[])
                    with ordinality as g (entry, person_id, grant_id, grant_version, sealed,
                                          jti, client_id, told_kind, occurred_at, place)),
            committed as (
                insert into ledger_commitment (entry) select entry from given order by place returning id, entry),
            queued as (
                insert into ledger_staged (commitment_id) select id from committed),
            told as (
                insert into notice (commitment_id, jti, client_id, grant_id, person_id, grant_version, kind,
                                    occurred_at, due_at)
                    select id, jti, client_id, grant_id, person_id, grant_version, told_kind, occurred_at, occurred_at
                    from committed join given using (entry) join event_receiver using (client_id)
                    where told_kind is not null)
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
            statement.setArray(2, connection.createArrayOf("uuid", each(drafts, MassEntries::person)));
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
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "uuid", each(drafts, draft -> draft.event().recordId())));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "text",
                            each(drafts, draft -> draft.event().clientId().value())));
            statement.setArray(8, connection.createArrayOf("text", each(drafts, MassEntries::toldKind)));
            statement.setArray(
                    9,
                    connection.createArrayOf(
                            "text", each(drafts, draft -> draft.event().at().toString())));
            statement.executeUpdate();
        }
    }

    private static @Nullable Object person(Draft draft) {
        return draft.person().map(PersonId::value).orElse(null);
    }

    /** The kind, if the client is told of it; null otherwise. */
    private static @Nullable Object toldKind(Draft draft) {
        EventKind kind = draft.event().kind();
        return kind.isTold() && draft.person().isPresent() ? kind.wire() : null;
    }

    private static Object[] each(List<Draft> drafts, Function<Draft, @Nullable Object> column) {
        return drafts.stream().map(column).toArray();
    }

    /** The driver takes binary values only as what they are. */
    private static byte[][] bytes(List<Draft> drafts, Function<Draft, byte[]> column) {
        return drafts.stream().map(column).toArray(byte[][]::new);
    }
}
