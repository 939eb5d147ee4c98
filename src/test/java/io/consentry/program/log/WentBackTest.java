package io.consentry.program.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.postgres.LocalPostgres;
import io.consentry.program.Bank;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * An older copy takes the database's place: under a running node, before a start, and after it has gone on by itself for longer than the
 * original, as a primary does that was cut off.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(org.junit.jupiter.api.MethodOrderer.OrderAnnotation.class)
class WentBackTest {

    private static final String PERSON = "S9812381D";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Wire wire = new Wire();

    private ProgramFolder folder;
    private LocalPostgres postgres;
    private RunningService node;

    @BeforeAll
    void publishAndCopyAndPublishMore() throws Exception {
        folder = ProgramFolder.create("back");
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
        node = RunningService.start(plan("node", "ledger"));
        release(node);
        awaitCovered();
        copy("consentry", "older");
        copyFolder(folder.beside("ledger"), folder.beside("ledger-of-the-older"));
        release(node);
        awaitCovered();
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        node.close();
        postgres.close();
        folder.close();
    }

    @Test
    @Order(1)
    @Requirement("CX-LOG-4")
    void aRunningNodeStopsServingAnOlderCopyAndServesAgainWhenItFindsItsOwn() throws Exception {
        Checkpoint published = published(node);
        swap("older");

        await(() -> wire.get(health()).status() == 503);
        assertThat(wire.get(health()).body()).contains("went back in time");
        assertThat(wire.get(node.base().resolve("/.well-known/keys")).status()).isEqualTo(503);
        assertThat(wire.get(node.base().resolve("/.well-known/keys")).body()).contains("ledger_out_of_step");
        assertThat(published(node)).as("what strangers see stays").isEqualTo(published);
        long ordered = entries();
        stage();
        Thread.sleep(1000); // ten rounds of a sequencer that worked
        assertThat(entries()).as("nothing is put in order in its name").isEqualTo(ordered);

        swap("older"); // back
        await(() -> wire.get(health()).status() == 200);
        release(node);
        awaitCovered();
        assertThat(published(node).size()).isGreaterThan(published.size());
    }

    @Test
    @Order(2)
    @Requirement("CX-LOG-4")
    void aPrimaryThatWentOnByItselfIsNoticedThoughItHasMoreEntries() throws Exception {
        swap("older");
        await(() -> wire.get(health()).status() == 503);
        try {
            // Cut off from the others, with a store as it was then.
            try (RunningService stale = RunningService.start(plan("stale", "ledger-of-the-older"))) {
                while (entries() <= published(node).size() + 5) {
                    release(stale);
                }
            }

            // Back among the others: the node finds more entries than were published, and they are others.
            await(() -> wire.get(health()).body().contains("other entries"));
            assertThat(wire.get(node.base().resolve("/.well-known/keys")).status())
                    .isEqualTo(503);
        } finally {
            swap("older");
        }
        await(() -> wire.get(health()).status() == 200);
    }

    @Test
    @Order(3)
    @Requirement("CX-LOG-4")
    void aRunningNodeThatFindsAnEmptyStoreBeginsNoLogAnew() throws Exception {
        Path store = folder.beside("ledger");
        Path aside = folder.beside("ledger-aside");
        Files.move(store, aside);
        Files.createDirectories(store.resolve(".drafts")); // a folder that is not mounted is there, and empty
        try {
            await(() -> wire.get(health()).body().contains("the store was lost"));
            assertThat(store.resolve("0")).doesNotExist();
        } finally {
            Files.delete(store.resolve(".drafts"));
            Files.delete(store);
            Files.move(aside, store);
        }
        await(() -> wire.get(health()).status() == 200);
        release(node);
        awaitCovered();
    }

    @Test
    @Order(5)
    @Requirement("CX-LOG-4")
    void aNodeDoesNotStartOnAnOlderCopyAndSaysWhatToDo() throws Exception {
        node.close();
        swap("older");
        try {
            RunningService refused = RunningService.launch(plan("refused", "ledger"));

            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.output())
                    .contains("went back in time", "Point the service at the database that has them")
                    .doesNotContain("\tat ");
        } finally {
            swap("older");
        }
    }

    @Test
    @Order(4)
    @Requirement("CX-LOG-4")
    void aNodeDoesNotStartOnAStoreThatWasLost() throws Exception {
        RunningService refused = RunningService.launch(plan("without", "nowhere"));

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("the store was lost").doesNotContain("\tat ");
    }

    private void release(RunningService by) throws Exception {
        Bank bank = Bank.visit(wire, by.base(), Bank.all(wire, by.base()), "harbour-bank");
        bank.fetch(by.base(), bank.accessToken(by.base(), PERSON)).expect(200);
    }

    private RunningService.Plan plan(String name, String store) {
        return RunningService.Plan.in(folder.beside(name))
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString())
                .with("CONSENTRY_LEDGER_STORE", folder.beside(store).toString())
                .with("CONSENTRY_LEDGER_PUBLICATION_INTERVAL", "200ms")
                .with("CONSENTRY_LEDGER_PUBLICATION_VERIFICATION", "1s")
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password());
    }

    private java.net.URI health() {
        return node.plan().managementBase().resolve("/q/health/ready");
    }

    private Checkpoint published(RunningService by) throws Exception {
        return Checkpoint.parse(SignedNote.parse(wire.get(by.base().resolve("/ledger/checkpoint"))
                        .expect(200)
                        .body())
                .text());
    }

    private long entries() throws SQLException {
        try (Connection database = postgres("consentry");
                Statement statement = database.createStatement();
                var rows = statement.executeQuery("select sum(size) from ledger_tree")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private long staged() throws SQLException {
        try (Connection database = postgres("consentry");
                Statement statement = database.createStatement();
                var rows = statement.executeQuery("select count(*) from ledger_staged")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** An entry as the service would append it. */
    private void stage() throws SQLException {
        try (Connection database = postgres("consentry");
                Statement statement = database.createStatement()) {
            statement.execute("""
                    with made as (insert into ledger_commitment (log, entry) values (0, decode(repeat('01', 33), 'hex')) returning id)
                    insert into ledger_staged (log, commitment_id) select 0, id from made""");
        }
    }

    private void awaitCovered() throws Exception {
        await(() -> staged() == 0 && published(node).size() == entries());
    }

    /** The database and its copy change places; nobody is connected meanwhile. */
    private void swap(String other) throws SQLException {
        try (Connection server = postgres("postgres");
                Statement statement = server.createStatement()) {
            rename(statement, "consentry", "aside");
            rename(statement, other, "consentry");
            rename(statement, "aside", other);
        }
    }

    private static void rename(Statement statement, String from, String to) throws SQLException {
        statement.execute("alter database " + from + " allow_connections false");
        disconnect(statement, from);
        statement.execute("alter database " + from + " rename to " + to);
        statement.execute("alter database " + to + " allow_connections true");
    }

    private static void disconnect(Statement statement, String database) throws SQLException {
        statement.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '" + database + "'");
    }

    private void copy(String from, String to) throws SQLException {
        try (Connection server = postgres("postgres");
                Statement statement = server.createStatement()) {
            statement.execute("alter database " + from + " allow_connections false");
            disconnect(statement, from);
            statement.execute("create database " + to + " template " + from);
            statement.execute("alter database " + from + " allow_connections true");
        }
    }

    private Connection postgres(String database) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl().replaceFirst("/consentry", "/" + database),
                postgres.superuser().role(),
                postgres.superuser().password());
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static void await(Callable<Boolean> event) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!event.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
