package io.consentry.testing;

import io.consentry.testing.RunningService.Plan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The classes of the packaged program as a JVM has them in memory, kept from one start for all others of a test run: each then
 * costs a third less. Made once by whichever test JVM comes first, and anew for another jar.
 */
final class ClassArchive {

    private static final Path FILE = Path.of("target", "program.jsa").toAbsolutePath();

    private ClassArchive() {}

    /** Options by which a JVM uses it; without a word if it cannot. */
    static List<String> options(Path jar) throws IOException, InterruptedException {
        makeFor(jar);
        return List.of("-XX:SharedArchiveFile=" + FILE, "-Xshare:auto", "-Xlog:disable");
    }

    private static synchronized void makeFor(Path jar) throws IOException, InterruptedException {
        Path lock = FILE.resolveSibling("program.jsa.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (Files.exists(FILE) && isNewer(FILE, jar)) {
                return;
            }
            Files.deleteIfExists(FILE);
            try (ProgramFolder folder = ProgramFolder.empty("class-archive")) {
                Plan plan =
                        Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox").archiving(FILE);
                RunningService.start(plan).close(); // it is written at the end
            }
        }
    }

    private static boolean isNewer(Path file, Path jar) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }
}
