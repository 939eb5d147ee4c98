package io.consentry.program.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.postgres.LocalPostgres;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A node whose own clock is four hundred days fast, on a database whose clock is right, until that one jumps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WrongClockTest {

    private static final String PERSON = "S9812381D";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wire wire = new Wire();

    private ProgramFolder folder;
    private LocalPostgres postgres;
    private RunningService node;
    private Bank bank;
    private String token;

    @BeforeAll
    void startFast() throws Exception {
        assumeThat(Effort.isSoak()).as("-Dconsentry.soak=true").isTrue();
        Optional<Path> library = faketime();
        assumeThat(library).as("the library of Debian's package faketime").isPresent();
        folder = ProgramFolder.create("wrong-clock");
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
        node = RunningService.start(RunningService.Plan.in(folder.beside("node"))
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_AUTHORIZATION_TIME_TO_DECIDE", "PT20S")
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password())
                .with("LD_PRELOAD", library.orElseThrow().toString())
                .with("FAKETIME", "+400d")
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0")); // or every timed wait of the JVM takes up to a second
        bank = Bank.visit(wire, node.base(), Bank.all(wire, node.base()), "harbour-bank");
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        if (folder != null) {
            node.close();
            postgres.close();
            folder.close();
        }
    }

    @Test
    @Order(1)
    @Requirement("CX-CLOCK-2")
    void whatItTakesAndGivesIsOfTheDatabasesTime() throws Exception {
        token = bank.accessToken(node.base(), PERSON);

        JsonNode record = bank.open(bank.fetch(node.base(), token));

        assertThat(node.output()).contains("2028-"); // its own clock is as wrong as it should be
        assertThat(Instant.ofEpochSecond(record.get("iat").asLong()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(2));
    }

    @Test
    @Order(2)
    @Requirement("CX-CLOCK-2")
    void itEndsWhatIsOverAndNothingElse() throws Exception {
        String pushed =
                bank.push(node.base()).expect(201).json().get("request_uri").asText();
        Customer.signIn(wire, node.base(), PERSON).look(node.base(), bank.clientId(), pushed);

        await(() -> ask("select count(*) from consent where state = 'lapsed'").equals("1"));

        assertThat(ask("select count(*) from consent where state = 'active'")).isEqualTo("1");
        assertThat(ask("select count(*) from signing_key")).isEqualTo("1");
        bank.fetch(node.base(), token).expect(200);
    }

    @Test
    @Order(3)
    @Requirement("CX-CLOCK-2")
    void itLetsNothingBeUsedTwice() throws Exception {
        Answer pushed = bank.push(node.base()).expect(201);
        if (Effort.isSoak()) {
            Thread.sleep(Duration.ofSeconds(95)); // what is swept was swept meanwhile
        }

        assertThat(wire.send(pushed.request()).expect(401).code())
                .isIn("client_assertion_replayed", "invalid_client_assertion");
        assertThat(ask("select count(*) > 0 from used_jti")).isEqualTo("t");
    }

    @Test
    @Order(4)
    @Requirement("CX-CLOCK-1")
    void aJumpOfTheDatabasesClockStopsWhatIsFinalUntilItIsBack() throws Exception {
        jump("400 days");
        await(() -> node.output().contains("The database's clock is in doubt: it may be"));

        Answer fetched = bank.fetch(node.base(), token);

        assertThat(fetched.expect(503).code()).isEqualTo("clock_in_doubt");
        assertThat(fetched.header("retry-after")).isNotEmpty();
        assertThat(ask("select count(*) from consent where state = 'active'")).isEqualTo("1");
        jump("0");
        await(() -> node.output().contains("The database's clock is in doubt no more"));
        bank.fetch(node.base(), token).expect(200);
    }

    @Test
    @Order(5)
    @Requirement("CX-CLOCK-1")
    void anOperatorAcceptsATimeAsItIs() throws Exception {
        jump("-10 minutes");
        await(() -> doubts() == 2);

        RunningService.Operated accepted = RunningService.operate(node.plan(), "clock", "accept");

        assertThat(accepted.exit()).as(accepted.err()).isZero();
        assertThat(accepted.out()).startsWith("The database's clock is right as it is, at ");
        await(() -> node.output().split("is in doubt no more", -1).length == 3);
    }

    private int doubts() throws IOException {
        return node.output().split("clock is in doubt: it may be", -1).length - 1;
    }

    private void jump(String by) throws SQLException {
        execute("""
                create or replace function service_time() returns timestamptz language sql volatile parallel safe
                    return clock_timestamp() + service_time_ahead() + interval '%s'""".formatted(by));
    }

    private void execute(String sql) throws SQLException {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("it comes about").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static Optional<Path> faketime() {
        return List.of("x86_64-linux-gnu", "aarch64-linux-gnu").stream()
                .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketime.so.1"))
                .filter(Files::exists)
                .findFirst();
    }
}
