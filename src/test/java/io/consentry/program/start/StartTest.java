package io.consentry.program.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.database.Login;
import io.consentry.postgres.LocalPostgres;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.RunningService.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Starts on an external PostgreSQL: side by side, cut off half way, and on databases that are not for this node. Of each kind of
 * refusal one is tried with the whole program; all of them in memory: {@code DatabaseCheckTest}, {@code UnsafeSettingsTest},
 * {@code SettingBoundsTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartTest {

    private static final Pattern EMBEDDED =
            Pattern.compile("io\\.zonky\\.test\\.|org\\.apache\\.commons\\.commons-compress-|org\\.tukaani\\.xz-");

    private ProgramFolder folder;
    private LocalPostgres postgres;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("start");
        Files.writeString(folder.beside("master.key"), Base64.getEncoder().encodeToString(new byte[32]));
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        postgres.close();
        folder.close();
    }

    @Test
    @Order(1)
    void twoNodesThatMigrateAtOnceBothComeUp() throws Exception {
        Plan here = plan("here", "sandbox");
        Plan there = plan("there", "sandbox");

        try (RunningService one = RunningService.launch(here);
                RunningService other = RunningService.launch(there)) {
            one.awaitReady();
            other.awaitReady();

            assertThat(one.says("Consentry is ready")).isTrue();
            assertThat(one.output()).doesNotContain("ERROR", "WARN");
            assertThat(other.says("Consentry is ready")).isTrue();
            assertThat(other.output()).doesNotContain("ERROR", "WARN");
        }
        assertThat(applied()).isEqualTo(applicable());
    }

    @Test
    @Order(2)
    @Requirement("CX-OP-7")
    void productionStartsOnNoDatabaseOfASandbox() throws Exception {
        run("delete from database_mode");
        assertThat(refusal(plan("unmarked", "production")))
                .startsWith("This database holds test keys that a sandbox gives to anybody");

        run("delete from sandbox_client");
        assertThat(refusal(plan("without-keys", "production"))).startsWith("This database holds clients whose keys");
        assertThat(count("select count(*) from database_mode"))
                .as("what was refused left no mark")
                .isZero();
    }

    @Test
    @Order(3)
    @Requirement("CX-OP-7")
    void aSandboxStartsOnNoDatabaseOfProduction() throws Exception {
        assertThat(refusal(plan("clients-without-keys", "sandbox")))
                .startsWith("This database holds clients and nothing");
    }

    @Test
    @Order(4)
    @Requirement("CX-OP-6")
    void aDatabaseThatCannotBeReachedIsToldInOneSentence() throws Exception {
        assertThat(refusal(plan("away", "production")
                        .with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:9/x")))
                .startsWith("The database cannot be reached");
    }

    /** What is found wrong only while the service starts is told last, and in one sentence as well. */
    @Test
    @Order(5)
    @Requirement("CX-OP-6")
    void whatFailsWithinTheStartIsToldInOneSentence() throws Exception {
        afresh();
        assertThat(refusal(plan("rotation", "production").with("CONSENTRY_SIGNING_KEYS_ROTATE_EVERY", "PT1S")))
                .isEqualTo("CONSENTRY_SIGNING_KEYS_ROTATE_EVERY is PT1S, and must be longer than or equal to 2 hours.");

        afresh();
        run("create table somebody_elses (it text)");
        assertThat(refusal(plan("strange", "production")))
                .startsWith("The database's schema cannot be migrated (Found non-empty schema");
    }

    /** Before the database is there, while it is migrated, and after that, before the first request. */
    @Test
    @Order(6)
    @Requirement("CX-DB-5")
    void aNodeKilledInAnyPhaseOfItsStartIsJustStartedAgain() throws Exception {
        afresh();
        Plan plan = plan("killed", "sandbox");

        for (int migrations : List.of(0, applicable() / 2, applicable())) {
            RunningService killed = RunningService.launch(plan);
            while (applied() < migrations) {
                assertThat(killed.isAlive()).as(killed.output()).isTrue();
            }
            killed.kill();
        }

        try (RunningService service = RunningService.start(plan)) {
            assertThat(applied()).isEqualTo(applicable());
            assertThat(service.says("Consentry is ready")).as(service.output()).isTrue();
        }
    }

    /** As it is in the image, which is built without the same artifacts. */
    @Test
    @Order(7)
    @Requirement("CX-OP-10")
    void productionStartsWithoutTheEmbeddedServerAndASandboxSaysThatItIsMissing() throws Exception {
        Path jar = packagedForProduction();
        afresh();

        try (RunningService service =
                RunningService.start(plan("image", "production").withJar(jar))) {
            assertThat(service.says("Consentry is ready")).as(service.output()).isTrue();
        }
        assertThat(refusal(Plan.in(folder.beside("image-sandbox"))
                        .with("CONSENTRY_MODE", "sandbox")
                        .withJar(jar)))
                .startsWith("This program was packaged without the embedded PostgreSQL");
    }

    private Path packagedForProduction() throws IOException {
        Path whole = Path.of("target", "quarkus-app");
        Path image = folder.beside("quarkus-app");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = image.resolve(whole.relativize(file));
                Files.createDirectories(copy.getParent());
                if (EMBEDDED.matcher(file.getFileName().toString()).lookingAt()) {
                    new JarOutputStream(Files.newOutputStream(copy)).close(); // the index of the jars names it
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return image.resolve("quarkus-run.jar");
    }

    /** What a start that ended with 1 said last, and no trace before it. */
    private static String refusal(Plan plan) throws Exception {
        RunningService refused = RunningService.launch(plan);

        assertThat(refused.exitCode()).isEqualTo(1);
        List<String> lines = refused.output().strip().lines().toList();
        assertThat(lines).noneMatch(line -> line.startsWith("\tat "));
        return lines.getLast();
    }

    private Plan plan(String name, String mode) {
        return Plan.in(folder.beside(name))
                .with("CONSENTRY_MODE", mode)
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString())
                .with("CONSENTRY_LEDGER_STORE", folder.beside("ledger").toString())
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password());
    }

    /** The schema as it was before anything was migrated. */
    private void afresh() throws SQLException {
        String kept = "was_" + UUID.randomUUID().toString().replace("-", "");
        run("alter schema public rename to " + kept);
        run("create schema public");
        run("grant all on schema public to consentry_owner");
        run("grant usage on schema public to consentry_service");
    }

    private static int applicable() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return (int) files.count();
        }
    }

    private int applied() throws SQLException {
        return count("select to_regclass('flyway_schema_history') is not null") == 0
                ? 0
                : count("select count(*) from flyway_schema_history where type = 'SQL' and success");
    }

    private int count(String query) throws SQLException {
        try (Connection database = asSuperuser();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getObject(1) instanceof Boolean is ? (is ? 1 : 0) : row.getInt(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection database = asSuperuser();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection asSuperuser() throws SQLException {
        Login superuser = postgres.superuser();
        return DriverManager.getConnection(postgres.jdbcUrl(), superuser.role(), superuser.password());
    }
}
