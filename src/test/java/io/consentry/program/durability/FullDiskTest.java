package io.consentry.program.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.consentry.program.Acknowledged;
import io.consentry.program.Bank;
import io.consentry.program.LedgerOutside;
import io.consentry.program.Traffic;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The disk under the database is full for a while: a small file system of memory, filled to the last byte. To the service a
 * database elsewhere looks the same, but that nobody here starts it again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {

    private static final String SIZE = "size=260m";
    private static final long SEED = Long.getLong("consentry.seed", System.nanoTime());

    private final Acknowledged acknowledged = new Acknowledged();

    private ProgramFolder folder;
    private RunningService service;
    private boolean mounted;

    @BeforeAll
    void aDiskThatCanBeFilled() throws Exception {
        folder = ProgramFolder.onDisk("full-disk");
        mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.data().toString());
        assumeTrue(mounted, "whoever runs this may not mount a file system");
        Path postgres = Files.createDirectories(folder.data().resolve("postgres"));
        Files.createSymbolicLink(postgres.resolve("binaries"), ProgramFolder.BINARIES);
        service = RunningService.start(RunningService.Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox"));
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        if (service != null) {
            service.close();
        }
        if (mounted) {
            assertThat(run("umount", folder.data().toString())).isTrue();
        }
        folder.close();
    }

    @Test
    @Requirement("CX-DB-7")
    void whatCannotBeWrittenIsRefusedInOrderUntilThereIsRoomAgain() throws Exception {
        var traffic = Traffic.at(service.base(), acknowledged, SEED);
        await(() -> acknowledged.count() > 40, "something to lose");

        fillUp();
        await(() -> traffic.unexpected().size() > 20, "refusals");
        await(() -> readiness().contains("The database refuses to write"), "degraded");
        assertThat(readinessStatus()).as("another node could do no better").isEqualTo(200);
        makeRoom();
        theServiceWorks();
        traffic.close();

        assertThat(traffic.unexpected()).as("seed %d", SEED).allMatch(FullDiskTest::isOrderly);
        await(() -> !readiness().contains("degraded"), "well again");
        nothingIsLost();
        assertThat(service.output()).doesNotContain("\tat ");
    }

    @Test
    @Requirement("CX-DB-7")
    void aServerThatDiesOfItComesBackOnceThereIsRoom() throws Exception {
        assumeTrue(Effort.isSoak(), "-Dconsentry.soak=true");
        var traffic = Traffic.at(service.base(), acknowledged, SEED + 1);
        await(() -> acknowledged.count() > 0, "something to lose");

        fillUp();
        writeLogUntilTheServerDies();
        await(() -> service.output().contains("The local database did not start again"), "a start in vain");
        makeRoom();
        theServiceWorks();
        traffic.close();

        assertThat(traffic.unexpected()).as("seed %d", SEED).isNotEmpty().allMatch(FullDiskTest::isOrderly);
        await(() -> readinessStatus() == 200, "ready again");
        nothingIsLost();
        assertThat(service.output()).doesNotContain("\tat ");
    }

    /** A refusal with a code of ours, not a success and not a stack trace. */
    private static boolean isOrderly(String answer) {
        return answer.matches("(?s).* answered 503 instead of .*\"code\":\""
                + "(database_unavailable|outcome_in_doubt|overloaded|temporarily_unavailable|clock_in_doubt)\".*");
    }

    private void fillUp() throws IOException {
        byte[] some = new byte[1 << 16];
        for (int size = some.length; size > 0; size /= 16) {
            try (OutputStream ballast = Files.newOutputStream(ballast(size))) {
                while (true) {
                    ballast.write(some, 0, size);
                }
            } catch (IOException full) {
                continue; // with smaller pieces into what is left
            }
        }
    }

    private void makeRoom() throws IOException {
        for (int size = 1 << 16; size > 0; size /= 16) {
            Files.deleteIfExists(ballast(size));
        }
    }

    private Path ballast(int size) {
        return folder.data().resolve("ballast-" + size);
    }

    /** PostgreSQL panics when it has to begin a new file of its log and cannot. */
    private void writeLogUntilTheServerDies() {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement()) {
            while (true) {
                statement.execute("select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))");
            }
        } catch (SQLException gone) {
            assertThat(gone.getSQLState()).as(gone.getMessage()).startsWith("08");
        }
    }

    private void nothingIsLost() throws Exception {
        try (Connection database = folder.asSuperuser()) {
            assertThat(LedgerOutside.problems(database, folder.data().resolve("master.key")))
                    .as("seed %d", SEED)
                    .isEmpty();
            assertThat(acknowledged.lost(database))
                    .as("of %s, seed %d", acknowledged, SEED)
                    .isZero();
        }
    }

    private void theServiceWorks() throws Exception {
        Wire wire = new Wire();
        await(
                () -> {
                    try {
                        Bank bank = Bank.visit(wire, service.base(), Bank.all(wire, service.base()), "plain-lender");
                        bank.fetch(service.base(), bank.accessToken(service.base(), "S9812381D"))
                                .expect(200);
                        return true;
                    } catch (AssertionError e) {
                        return false;
                    }
                },
                "an honest flow");
    }

    private String readiness() throws IOException, InterruptedException {
        return new Wire()
                .get(service.plan().managementBase().resolve("/q/health/ready"))
                .body();
    }

    private int readinessStatus() throws IOException, InterruptedException {
        return new Wire()
                .get(service.plan().managementBase().resolve("/q/health/ready"))
                .status();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition, String what) throws Exception {
        long patience = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as(() -> what + ", seed " + SEED + "\n" + said())
                    .isLessThan(patience);
            Thread.sleep(50);
        }
    }

    private String said() {
        try {
            return service.output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
