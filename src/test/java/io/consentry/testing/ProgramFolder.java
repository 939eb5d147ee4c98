package io.consentry.testing;

import io.consentry.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data folder of a program under test, and a way into the database inside it while the program runs.
 *
 * <p>Made fresh; with {@link #close} it is gone, and with it the server that a killed program left running there. What an
 * interrupted test run has left goes when the next one begins.
 */
public final class ProgramFolder implements AutoCloseable {

    /** Unpacked once for all test runs; a link leads there from every data folder. */
    public static final Path BINARIES =
            Path.of(".consentry", "postgres", "binaries").toAbsolutePath();

    private static final String PARENT = "consentry-program";

    private final Path work;

    private ProgramFolder(Path work) {
        this.work = work;
    }

    /** One with an empty database in it that needs no {@code initdb} any more; the theme becomes part of its name. */
    public static ProgramFolder create(String theme) throws IOException {
        ProgramFolder folder = empty(theme);
        PreparedCluster.copyTo(folder.data().resolve("postgres"));
        return folder;
    }

    /** One without anything, as it is before the very first start. */
    public static ProgramFolder empty(String theme) throws IOException {
        return empty(Scratch.quick(PARENT), theme);
    }

    /** The same, with files that a disk keeps, for tests of just that. */
    public static ProgramFolder onDisk(String theme) throws IOException {
        return empty(Scratch.onDisk(PARENT), theme);
    }

    private static ProgramFolder empty(Path parent, String theme) throws IOException {
        Files.createDirectories(parent);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(parent, theme + "-*")) {
            for (Path one : earlier) {
                new ProgramFolder(one).close();
            }
        }
        var folder = new ProgramFolder(Files.createTempDirectory(parent, theme + "-"));
        Files.createDirectories(BINARIES);
        Files.createDirectories(folder.data().resolve("postgres"));
        Files.createSymbolicLink(folder.data().resolve("postgres").resolve("binaries"), BINARIES);
        return folder;
    }

    /** What {@code CONSENTRY_DATA} names. */
    public Path data() {
        return work.resolve("data");
    }

    /** Beside the data folder: logs of the program, files for it to read. */
    public Path beside(String name) {
        return work.resolve(name);
    }

    /** The embedded database as its superuser. */
    public Connection asSuperuser() throws SQLException {
        return connect("postgres", 0);
    }

    private Connection connect(String role, int line) throws SQLException {
        try {
            List<String> passwords =
                    Files.readAllLines(data().resolve("postgres").resolve("passwords"));
            return DriverManager.getConnection(
                    "jdbc:postgresql://localhost:" + postmaster().get(3) + "/consentry", role, passwords.get(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of the embedded server. */
    public ProcessHandle server() throws IOException {
        return ProcessHandle.of(Long.parseLong(postmaster().getFirst().strip())).orElseThrow();
    }

    /** Lines of {@code postmaster.pid}: the process id comes first, the port fourth. */
    private List<String> postmaster() throws IOException {
        return Files.readAllLines(data().resolve("postgres").resolve("cluster").resolve("postmaster.pid"));
    }

    @Override
    public void close() throws IOException {
        Path postgres = data().resolve("postgres");
        Files.deleteIfExists(postgres.resolve("binaries"));
        if (LocalPostgres.discard(postgres)) {
            try (Stream<Path> tree = Files.walk(work)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
