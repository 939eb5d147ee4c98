package io.consentry.testing;

import io.consentry.postgres.LocalPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ground every test of the running service stands on: a real PostgreSQL in a fresh folder, the sandbox mode, and a
 * free port that the service also believes to be its own (issuer, {@code htu} and redirects follow it).
 *
 * <p>One server and one folder serve a whole test JVM; those that run at once are told apart by {@code test-ground.share}.
 * A profile that needs another mode or folder overrides the setting.
 */
public final class ConsentryTestResource implements QuarkusTestResourceLifecycleManager {

    private static final String FOLDER = "test-ground.folder";
    private static final Path PARENT =
            Scratch.quick("consentry-test").resolve("share-" + System.getProperty("test-ground.share", "0"));
    private static final Path BINARIES = Path.of(".consentry", "postgres", "binaries");

    @Override
    public Map<String, String> start() {
        if (!TestDatabase.isStarted()) {
            startDatabase();
        }
        String port = freePort();
        String managementPort = freePort();
        Map<String, String> settings = new HashMap<>(TestDatabase.settings());
        settings.put("consentry.mode", "sandbox");
        settings.put("consentry.data", System.getProperty(FOLDER));
        settings.put("consentry.port", port);
        settings.put("consentry.base-url", "http://localhost:" + port);
        settings.put("quarkus.http.port", port);
        settings.put("quarkus.http.test-port", port);
        settings.put("quarkus.management.port", managementPort);
        settings.put("quarkus.management.test-port", managementPort);
        return settings;
    }

    @Override
    public void stop() {
        // The server stays for the next profile, and goes with the JVM.
    }

    private static void startDatabase() {
        Path folder = freshFolder();
        // Commit timestamps let races be judged by the order in which PostgreSQL committed, not by a clock of ours; and
        // what was written long ago is given back, since the folder may lie in memory.
        LocalPostgres postgres = LocalPostgres.startUntilExit(
                new LocalPostgres.Options(
                        folder.resolve("postgres"),
                        BINARIES,
                        Map.of("track_commit_timestamp", "on", "max_wal_size", "512MB")),
                sentence -> {},
                () -> {});
        TestDatabase.remember(postgres);
        System.setProperty(FOLDER, folder.toString());
    }

    /** Folders of earlier runs go when theirs is over, with a server that a killed run left in them. */
    private static Path freshFolder() {
        try {
            Files.createDirectories(PARENT);
            try (DirectoryStream<Path> earlier = Files.newDirectoryStream(PARENT, "run-*")) {
                for (Path run : earlier) {
                    discard(run);
                }
            }
            return Files.createTempDirectory(PARENT, "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void discard(Path run) throws IOException {
        if (LocalPostgres.discard(run.resolve("postgres"))) {
            try (Stream<Path> tree = Files.walk(run)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(probe.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
