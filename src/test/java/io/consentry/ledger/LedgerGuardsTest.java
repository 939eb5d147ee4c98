package io.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.consent.ConsentFixture;
import io.consentry.key.MasterKey;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps the ledger from being rewritten, and what notices when somebody did it all the same. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerGuardsTest {

    @Inject
    MasterKey master;

    @Inject
    ConsentFixture fixture;

    @Inject
    LedgerCheck check;

    @BeforeEach
    void thereIsAnEntry() throws InterruptedException, SQLException {
        fixture.active(fixture.person());
        awaitSequenced();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_commitment set entry = entry",
                "delete from ledger_commitment",
                "truncate ledger_commitment cascade",
                "update ledger_entry set index = index + 1",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update ledger_event set sealed = sealed",
                "delete from ledger_event",
                "update ledger_person set events = events + 1",
                "insert into ledger_person values (gen_random_uuid(), 0, 1)",
                "delete from ledger_person",
                "alter table ledger_commitment disable trigger all",
                "drop table ledger_entry"
            })
    void theServiceRoleCanNeitherChangeNorRemoveAnEntry(String sql) {
        assertThatThrownBy(() -> run(TestDatabase.asService(), sql))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_commitment set entry = entry",
                "delete from ledger_entry",
                "truncate ledger_commitment cascade",
                "update ledger_person set events = events - 1",
                "update ledger_person set log = log + 1",
                "delete from ledger_person",
                "truncate ledger_person"
            })
    void evenTheOwnerIsStopped(String sql) {
        assertThatThrownBy(() -> run(TestDatabase.asOwner(), sql))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(append-only|only added).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a sealed event changed, lost, or moved to another entry
                "update ledger_event set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where commitment_id = LAST",
                "delete from ledger_event where commitment_id = LAST",
                "update ledger_event e set sealed = o.sealed from ledger_event o"
                        + " where e.commitment_id = LAST and o.commitment_id = LAST - 1",
                "update ledger_event set grant_id = gen_random_uuid() where commitment_id = LAST",
                "update ledger_event set person_id = null, person_number = null where commitment_id = LAST",
                "update ledger_event set grant_version = grant_version - 1 where commitment_id = LAST",
                // a commitment forged, or an entry taken out of the order or put into it twice
                "update ledger_commitment set entry = set_byte(entry, 5, get_byte(entry, 5) # 1) where id = LAST",
                "delete from ledger_entry where commitment_id = LAST",
                "update ledger_entry set index = index + 1000000 where commitment_id = LAST",
                "update ledger_tree set size = size + 1",
                // something that refers to a commitment that never was
                "insert into ledger_event (commitment_id, log, person_id, person_number, grant_id, grant_version, sealed)"
                        + " select -commitment_id, log, person_id, person_number + 1, grant_id, grant_version, sealed"
                        + " from ledger_event where commitment_id = LAST",
                "update ledger_entry set commitment_id = -commitment_id where commitment_id = LAST",
                // a gap among a person's numbers, one that comes twice, a count that is another, an event that
                // is gone with all that is known of it: the one behind it said how many there were before
                "update ledger_event set person_number = person_number + 5 where commitment_id = LAST",
                "alter table ledger_event drop constraint ledger_event_person_number;"
                        + " update ledger_event set person_number = 1 where commitment_id = LAST",
                "alter table ledger_event drop constraint ledger_event_person_number;"
                        + " update ledger_event e set person_number = o.person_number from ledger_event o"
                        + " where e.commitment_id in (LAST, LAST - 1) and o.commitment_id in (LAST, LAST - 1)"
                        + " and e.commitment_id <> o.commitment_id",
                "update ledger_person p set events = events + 1 from ledger_event e"
                        + " where e.commitment_id = LAST and e.person_id = p.person_id",
                "delete from ledger_person p using ledger_event e where e.commitment_id = LAST and e.person_id = p.person_id",
                "delete from ledger_commitment where id = LAST - 1; delete from ledger_event where commitment_id = LAST - 1;"
                        + " delete from ledger_entry where commitment_id = LAST - 1;"
                        + " update ledger_entry set index = index - 1 where commitment_id = LAST;"
                        + " update ledger_tree set size = size - 1;"
                        + " update ledger_event set person_number = person_number - 1 where commitment_id = LAST;"
                        + " update ledger_person p set events = events - 1 from ledger_event e"
                        + " where e.commitment_id = LAST and e.person_id = p.person_id",
                // something taken to another log: an event, a place, a whole entry, the log itself
                "update ledger_event set log = 7 where commitment_id = LAST",
                "update ledger_entry set log = 7 where commitment_id = LAST",
                "update ledger_tree set log = 7 where log = 0",
                "with c as (update ledger_commitment set log = 7 where id = LAST),"
                        + " e as (update ledger_event set log = 7 where commitment_id = LAST),"
                        + " o as (update ledger_entry set log = 7, index = 0 where commitment_id = LAST),"
                        + " t as (update ledger_tree set size = size - 1 where log = 0)"
                        + " insert into ledger_tree (log, size) values (7, 1)",
            })
    @Requirement("CX-6")
    void whoeverGetsPastTheGuardsIsNoticed(String tampering) throws SQLException {
        try (Tampering hand = Tampering.withEveryTriggerOff()) {
            hand.run(tampering);

            assertThat(hand.check(master).problems()).as(tampering).isNotEmpty();
        }
    }

    /** Nothing of it was committed, so whatever was noticed was what it had done. */
    @AfterAll
    void allIsWellAgain() {
        assertThat(check.check().problems()).isEmpty();
    }

    @Test
    void entriesGetDenseIndexesSoon() throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select size from ledger_tree), (select count(*) from ledger_entry),"
                                + " (select max(index) + 1 from ledger_entry)")) {
            row.next();
            assertThat(row.getLong(2)).isEqualTo(row.getLong(1));
            assertThat(row.getLong(3)).isEqualTo(row.getLong(1));
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void awaitSequenced() throws InterruptedException, SQLException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (staged() > 0) {
            assertThat(Instant.now()).as("the sequencer empties the queue").isBefore(deadline);
            Thread.sleep(50);
        }
    }

    private static long staged() throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from ledger_staged")) {
            row.next();
            return row.getLong(1);
        }
    }
}
