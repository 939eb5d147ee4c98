package io.consentry.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A pgbouncer in transaction mode between the service and PostgreSQL, with fewer sessions than the service has connections. */
public final class Pgbouncer {

    private static final String PROGRAM = "/usr/sbin/pgbouncer";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Pgbouncer() {}

    /** Puts it between; migrations go past it. */
    public static final class Between implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(AfterTheDatabase.class));
        }
    }

    /** Starts it once the database is there. */
    public static final class AfterTheDatabase implements QuarkusTestResourceLifecycleManager {

        @Override
        public int order() {
            return 10;
        }

        @Override
        public Map<String, String> start() {
            int port = RunningService.freePort();
            Pgbouncer.start(port);
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    "jdbc:postgresql://127.0.0.1:" + port + "/consentry",
                    "quarkus.flyway.jdbc-url",
                    database(),
                    "consentry.database.behind-pooler",
                    "true");
        }

        @Override
        public void stop() {
            // it goes with the JVM
        }
    }

    private static void start(int port) {
        URI database = URI.create(database().substring("jdbc:".length()));
        try {
            Path folder = Files.createTempDirectory("pgbouncer-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path users = folder.resolve("users.txt");
            Files.writeString(users, '"' + property("service") + "\" \"" + property("service-password") + "\"\n");
            Path settings = folder.resolve("pgbouncer.ini");
            Files.writeString(settings, """
                    [databases]
                    consentry = host=127.0.0.1 port=%d dbname=consentry
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = 4
                    max_client_conn = 200
                    ignore_startup_parameters = extra_float_digits
                    """.formatted(database.getPort(), port, users));
            Process process = new ProcessBuilder(PROGRAM, "-u", "nobody", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            await(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(int port) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket probe = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TestReceiver.pause();
            }
        }
    }

    private static String database() {
        return property("url");
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty("test-ground.database." + name));
    }
}
