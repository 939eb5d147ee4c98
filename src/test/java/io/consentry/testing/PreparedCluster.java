package io.consentry.testing;

import io.consentry.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A local database as it is after its first start and a clean stop, empty and with its roles: made once in a test JVM and copied
 * for whoever needs one, since {@code initdb} takes longer than most tests.
 */
public final class PreparedCluster {

    private static final Path TEMPLATE = Scratch.quick("consentry-prepared")
            .resolve(Long.toString(ProcessHandle.current().pid()));

    private static boolean made;

    private PreparedCluster() {}

    /** Puts a copy into a folder such as {@link LocalPostgres.Options#folder} names. */
    public static void copyTo(Path postgres) throws IOException {
        make();
        Files.createDirectories(postgres);
        try (Stream<Path> tree = Files.walk(TEMPLATE)) {
            for (Path from : (Iterable<Path>) tree.filter(path -> !path.equals(TEMPLATE))::iterator) {
                Files.copy(from, postgres.resolve(TEMPLATE.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static synchronized void make() throws IOException {
        if (made) {
            return;
        }
        discard();
        Files.createDirectories(TEMPLATE);
        LocalPostgres.start(new LocalPostgres.Options(TEMPLATE, ProgramFolder.BINARIES, Map.of()), progress -> {})
                .close();
        Runtime.getRuntime().addShutdownHook(new Thread(PreparedCluster::discard, "discard-prepared-cluster"));
        made = true;
    }

    private static void discard() {
        try {
            LocalPostgres.discard(TEMPLATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
