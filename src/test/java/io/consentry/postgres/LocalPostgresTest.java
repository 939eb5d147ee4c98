package io.consentry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.consentry.database.StartRefusal;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.PreparedCluster;
import io.consentry.testing.QuickTempDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The embedded server through its lives: first start, later starts, neighbours, and programs that were killed. */
@Tag(Effort.SLOW)
class LocalPostgresTest {

    private static final Path BINARIES = Path.of(".consentry", "postgres", "binaries");

    @TempDir(factory = QuickTempDir.class)
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        PreparedCluster.copyTo(folder);
        try (LocalPostgres first = start(new ArrayList<>())) {
            run(first, "create table kept (id int)");
        }

        try (LocalPostgres second = start(new ArrayList<>())) {
            assertThat(count(second, "kept")).isZero();
        }
    }

    @Test
    @Requirement("CX-DB-4")
    void aSecondProgramOnTheFolderIsRefusedInOneSentence() throws IOException {
        PreparedCluster.copyTo(folder);
        try (LocalPostgres first = start(new ArrayList<>())) {
            assertThat(first.jdbcUrl()).startsWith("jdbc:postgresql://localhost:");

            assertThatThrownBy(() -> start(new ArrayList<>()))
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageStartingWith("Another Consentry is using " + folder);
        }
    }

    @Test
    @Requirement("CX-DB-5")
    void aServerWhoseProgramWasKilledIsStoppedAndLosesNothing() throws Exception {
        PreparedCluster.copyTo(folder);
        List<String> said = new ArrayList<>();
        killedProgramLeaves("create table kept (id int); insert into kept values (1)");

        try (LocalPostgres next = start(said)) {
            assertThat(count(next, "kept")).isEqualTo(1);
        }

        assertThat(said).containsExactly("Stopped a local database that an earlier run had left behind");
    }

    @Test
    void aPidThatNowBelongsToAnotherProgramIsNoObstacle() throws IOException {
        PreparedCluster.copyTo(folder);
        Path pidFile = folder.resolve("cluster").resolve("postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder + "\n");

        try (LocalPostgres next = start(new ArrayList<>())) {
            assertThat(next.jdbcUrl()).isNotEmpty();
        }
    }

    @Test
    void aHalfPreparedClusterIsBegunAnew() throws IOException {
        Files.createFile(folder.resolve("preparing"));
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("cluster").resolve("postgresql.conf"), "half written");

        try (LocalPostgres next = start(new ArrayList<>())) {
            assertThat(next.jdbcUrl()).isNotEmpty();
        }
    }

    /** Its first file, and its last database; with {@code --soak} between them too. */
    static List<String> momentsOfInitdb() {
        return Effort.isSoak() ? List.of("PG_VERSION", "base/1", "base/5") : List.of("PG_VERSION", "base/5");
    }

    /** {@code initdb} outlives the program that was killed, goes on writing, or clears its folder away: never beside the next. */
    @ParameterizedTest
    @MethodSource("momentsOfInitdb")
    @Requirement("CX-DB-5")
    void aProgramKilledWhileItPreparesLeavesNothingInTheWay(String present) throws Exception {
        Process program = program("select 1");
        Path half = folder.resolve("cluster").resolve(present);
        while (!Files.exists(half)) {
            assertThat(program.isAlive()).as(said()).isTrue();
        }
        program.destroyForcibly().waitFor();

        try (LocalPostgres next = start(new ArrayList<>())) {
            run(next, "create table kept (id int)");
            assertThat(count(next, "kept")).isZero();
        }
    }

    @Test
    @Requirement("CX-OP-8")
    void aServerThatDiesIsStartedAgainWhereItWas() throws Exception {
        PreparedCluster.copyTo(folder);
        List<String> said = new CopyOnWriteArrayList<>();
        try (LocalPostgres server = LocalPostgres.startUntilExit(
                new LocalPostgres.Options(folder, BINARIES, Map.of()), said::add, () -> {})) {
            run(server, "create table kept (id int); insert into kept values (1)");

            ProcessHandle process = Orphan.server(folder.resolve("cluster"));
            process.destroyForcibly();
            process.onExit().join();
            await(() -> said.stream().anyMatch(sentence -> sentence.startsWith("The local database is back after")));

            assertThat(count(server, "kept")).isEqualTo(1);
            assertThat(LocalDatabase.state()).isEqualTo(LocalDatabase.UP);
        }
        assertThat(said).filteredOn(sentence -> sentence.contains("has died")).hasSize(1);
    }

    @Test
    @Requirement("CX-OP-9")
    void programsThatOthersCouldChangeAreThrownAwayAndTheFolderIsClosed() throws IOException {
        Path binaries = Files.createDirectories(folder.resolve("programs"));
        Path program = Files.createFile(
                Files.createDirectories(binaries.resolve("PG-x")).resolve("postgres"));
        Files.createFile(binaries.resolve("PG-x").resolve(".exists"));

        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Binaries.secure(binaries)).isFalse();
        assertThat(program).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(binaries)))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxr-x"));
        Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Binaries.secure(binaries)).isTrue();
        assertThat(program).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(binaries)))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(Binaries.secure(binaries)).isTrue();
    }

    @Test
    @Requirement("CX-OP-6")
    void aDiskThatIsFullIsTold() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        assumeThat(mounts("-t", "tmpfs", "-o", "size=24m", "tmpfs", small.toString()))
                .as("a small disk can be mounted")
                .isTrue();
        try {
            assertThatThrownBy(() ->
                            LocalPostgres.start(new LocalPostgres.Options(small, BINARIES, Map.of()), sentence -> {}))
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageMatching("The local database in .* did not start: .*No space left on device.*")
                    .hasMessageNotContaining("\n");
        } finally {
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    private static boolean mounts(String... what) throws Exception {
        try {
            var command = new ArrayList<>(List.of("mount"));
            command.addAll(List.of(what));
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(Callable<Boolean> event) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!event.call()) {
            assertThat(System.nanoTime()).as("it comes about").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void aLostPasswordFileThrowsNoDataAway() throws IOException {
        PreparedCluster.copyTo(folder);
        Files.delete(folder.resolve("passwords"));

        assertThatThrownBy(() -> start(new ArrayList<>()))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("is missing");

        assertThat(folder.resolve("cluster").resolve("PG_VERSION")).exists();
    }

    @Test
    @Requirement("CX-DB-3")
    void passwordsAreReadableByTheirOwnerOnlyAndNeverPrinted() throws IOException {
        try (LocalPostgres server = start(new ArrayList<>())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("passwords"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(BINARIES)))
                    .isEqualTo("rwx------");
            assertThat(server.owner().toString()).doesNotContain(server.owner().password());
            assertThat(Files.readString(folder.resolve("server.log")))
                    .doesNotContain(server.owner().password())
                    .doesNotContain(server.superuser().password());
        }
    }

    private LocalPostgres start(List<String> said) {
        return LocalPostgres.start(new LocalPostgres.Options(folder, BINARIES, Map.of()), said::add);
    }

    /** Another JVM that starts the server, writes as the owner and dies as by {@code kill -9}. */
    private void killedProgramLeaves(String sql) throws Exception {
        assertThat(program(sql).waitFor()).as(said()).isEqualTo(137);
    }

    private Process program(String sql) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProgram.class.getName(),
                        folder.toString(),
                        BINARIES.toString(),
                        sql)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("program.log").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("program.log"));
    }

    private static void run(LocalPostgres server, String sql) throws SQLException {
        try (Connection owner = connect(server);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(LocalPostgres server, String table) throws SQLException {
        try (Connection owner = connect(server);
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static Connection connect(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(), server.owner().role(), server.owner().password());
    }
}
