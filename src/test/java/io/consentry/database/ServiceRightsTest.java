package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.consent.ConsentFixture;
import io.consentry.ledger.LedgerCheck;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service's role may do in the database, held to a list that somebody has read, line by line. */
@QuarkusTest
@Requirement("CX-SEAL-1")
class ServiceRightsTest {

    private static final String RIGHTS = """
            with rights (name, place) as (values ('SELECT', 1), ('INSERT', 2), ('UPDATE', 3), ('DELETE', 4),
                                                 ('TRUNCATE', 5), ('REFERENCES', 6), ('TRIGGER', 7))
            select t.relname || ': ' || string_agg(
                lower(r.name) || case when has_table_privilege(t.oid, r.name) then '' else (
                    select ' (' || string_agg(c.attname, ', ' order by c.attnum) || ')' from pg_attribute c
                    where c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
                      and has_column_privilege(t.oid, c.attnum, r.name)) end, ', ' order by r.place)
            from pg_class t, rights r
            where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p', 'v', 'm')
              and (has_table_privilege(t.oid, r.name)
                   or r.name in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(t.oid, r.name))
            group by t.relname
            union all
            select 'sequence ' || s.relname || ': ' || string_agg(lower(r.name), ', ' order by r.name)
            from pg_class s, (values ('USAGE'), ('SELECT'), ('UPDATE')) r (name)
            where s.relnamespace = 'public'::regnamespace and s.relkind = 'S' and has_sequence_privilege(s.oid, r.name)
            group by s.relname
            union all
            select 'function ' || f.proname from pg_proc f
            where f.pronamespace = 'public'::regnamespace and has_function_privilege(f.oid, 'EXECUTE')
              and f.prorettype <> 'trigger'::regtype""";

    @Inject
    ConsentFixture fixture;

    @Inject
    LedgerCheck check;

    @Test
    void theServiceMayDoWhatItsCodeNeedsAndNoMore() throws SQLException, IOException {
        var rights = new ArrayList<String>();
        try (Connection connection = TestDatabase.asService();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RIGHTS)) {
            while (rows.next()) {
                rights.add(rows.getString(1));
            }
        }

        assertThat(rights).containsExactlyInAnyOrderElementsOf(reviewed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an entry that was promised its place is lost, or another gets it
                "delete from ledger_staged",
                "truncate ledger_staged",
                "update ledger_staged set commitment_id = commitment_id + 1",
                "insert into ledger_entry values (1000000, 1, 0)",
                "update ledger_tree set size = size + 1",
                "delete from ledger_tree",
                "insert into ledger_commitment (id, entry) overriding system value values (1000000000, repeat('x', 33)::bytea)",
                "select setval(pg_get_serial_sequence('ledger_commitment', 'id'), 1)",
                // a person is erased, or another gets their name
                "delete from person_key",
                "update person_key set wrapped = ''",
                "delete from person",
                "update person set lookup = ''",
                // what was decided, ordered or ended is undone
                "delete from consent",
                "delete from consent_record",
                "update consent_record set granted = '{}'",
                "delete from revocation_order",
                "update revocation_order set reason = ''",
                "update revocation_progress set expected = 0",
                "select setval('revocation_order_id', 1)",
                "delete from obligation",
                "delete from reminder",
                "delete from ended_session",
                "update ended_session set until = now()",
                "delete from revoked_token",
                "update revoked_token set until = now()",
                "delete from client_version",
                "update client_version set version = 0",
                "delete from receiver_version",
                "delete from operator_act",
                // rows that are written once
                "update session set expires_at = expires_at + interval '1 day'",
                "update access_token set expires_at = expires_at + interval '1 day'",
                "update client_token set expires_at = expires_at + interval '1 day'",
                "update refresh_token set client_id = 'x'",
                "update event_receiver set endpoint = 'https://elsewhere.example'",
                "delete from client",
                "delete from signing_key",
                "truncate notice",
                // the guards themselves
                "set session_replication_role = replica",
                "alter table used_jti disable row level security",
                "create table more (id bigint)",
                "create or replace function sequence_ledger(of_log integer, at_most integer) returns integer language sql as 'select 0'"
            })
    void theServiceCannot(String harmful) {
        assertThatThrownBy(() -> run(TestDatabase.asService(), harmful))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void whatWasUsedOnceStaysUsedForAsLongAsItCouldBeUsedAgain() throws SQLException {
        try (Connection connection = TestDatabase.asService()) {
            run(connection, "insert into used_jti values ('\\x01', now() + interval '1 minute'), ('\\x02', now())");
        }
        assertThat(run(TestDatabase.asService(), "delete from used_jti where hash in ('\\x01', '\\x02')"))
                .isEqualTo(1);
    }

    @Test
    void whatAClientIsYetToBeToldStaysInTheOutbox() throws SQLException {
        fixture.active(fixture.person());
        run(TestDatabase.asSuperuser(), """
                insert into notice (commitment_id, log, jti, client_id, grant_id, person_id, grant_version, kind, occurred_at)
                    select commitment_id, log, gen_random_uuid(), 'nobody', grant_id, person_id, 1, 'granted', now()
                    from ledger_event where person_id is not null order by commitment_id desc limit 1""");

        assertThat(run(TestDatabase.asService(), "delete from notice where client_id = 'nobody'"))
                .isZero();
        run(TestDatabase.asSuperuser(), "delete from notice where client_id = 'nobody'");
    }

    /** The entry that gets the number one day could not be appended. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into ledger_staged select 0, max(id) + 3 from ledger_commitment",
                "insert into ledger_event (commitment_id, log, grant_id, grant_version, sealed)"
                        + " select max(id) + 3, 0, gen_random_uuid(), 1, '' from ledger_commitment",
                "insert into ledger_outbox select max(id) + 3, 0, gen_random_uuid(), 'nobody', gen_random_uuid(),"
                        + " gen_random_uuid(), 1, 'granted', now() from ledger_commitment"
            })
    void nothingIsFiledUnderANumberThatTheLedgerHasNotGivenOut(String forged) throws SQLException {
        assertThatThrownBy(() -> run(TestDatabase.asService(), forged))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("has not given out this number yet");
    }

    /** The person's next act could not be recorded. */
    @Test
    void noEventIsFiledUnderANumberThatItsPersonHasNotReached() {
        fixture.active(fixture.person());
        assertThatThrownBy(() -> run(TestDatabase.asService(), """
                        insert into ledger_event (commitment_id, log, person_id, person_number, grant_id, grant_version, sealed)
                        select -1, 0, person_id, events + 1, gen_random_uuid(), 1, '' from ledger_person limit 1"""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no event of this number yet");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void eventsAreOnlyCountedUp(long by) {
        assertThatThrownBy(
                        () -> run(TestDatabase.asService(), "select number_events(gen_random_uuid(), 0, " + by + ")"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot be numbered");
    }

    /** It would wait for ever, and health complain of it. */
    @Test
    void nothingIsQueuedInALogThatThereIsNot() {
        fixture.active(fixture.person());
        assertThatThrownBy(() -> run(
                        TestDatabase.asService(),
                        "insert into ledger_staged select 999, max(id) from ledger_commitment"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no log of this number");
    }

    /** Neither a second place, nor a stop for those behind it. */
    @Test
    void anEntryThatIsQueuedTwiceGetsOnePlace() throws SQLException {
        fixture.active(fixture.person());
        run(TestDatabase.asService(), "select sequence_ledger(0, 1000)");

        run(TestDatabase.asService(), "insert into ledger_staged select 0, max(commitment_id) from ledger_entry");
        run(TestDatabase.asService(), "insert into ledger_staged values (0, -1)");
        run(TestDatabase.asService(), "select sequence_ledger(0, 1000)");

        assertThat(check.check().problems()).isEmpty();
    }

    private static int run(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        }
    }

    private static List<String> reviewed() throws IOException {
        try (var file = Objects.requireNonNull(ServiceRightsTest.class.getResourceAsStream("/service-rights.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
