package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What outlived its program, which happens when that is killed: a server, found by its {@code postmaster.pid}, or an
 * {@code initdb} that was preparing the cluster, found by its arguments. Either is stopped.
 *
 * <p>No acknowledged write is lost. Asked to stop, PostgreSQL finishes by itself, as no client of the dead program is left
 * to wait for. Should it hang, it is killed, and the next start recovers from the write-ahead log, which is on disk
 * ({@code fsync} is on).
 */
final class Orphan {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Orphan() {}

    /** Stops the orphan of this cluster if there is one. The caller holds the folder's lock, so it belongs to nobody. */
    static boolean stop(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> orphan = postmaster(pidFile);
        orphan.ifPresent(Orphan::stop);
        // What is left now names a process that is gone, or one that took its number: PostgreSQL would refuse to start.
        Files.deleteIfExists(pidFile);
        return orphan.isPresent();
    }

    /**
     * Ends whatever still prepares a cluster that nobody will use. {@code initdb} works on alone when its program is gone,
     * and clears the folder away when it fails: both would meet the next beginning in the same place.
     *
     * @return whether there was anything
     */
    static boolean endPreparation(Path cluster) throws IOException {
        String data = cluster.toString();
        boolean any = false;
        for (List<ProcessHandle> found = family(data); !found.isEmpty(); found = family(data)) {
            any = true;
            found.forEach(ProcessHandle::destroyForcibly);
            if (!found.stream().allMatch(Orphan::ends)) {
                throw new StartRefusal("An earlier run that was killed is still preparing " + data + " (process "
                        + found.getFirst().pid() + ") and does not stop. Stop it by hand and start again.");
            }
        }
        return stop(cluster) || any; // and the process that initdb had at work, if it became nobody's child
    }

    /** The processes that name the cluster in their arguments, with all that they started. */
    private static List<ProcessHandle> family(String cluster) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> names(process, cluster))
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                    .distinct()
                    .toList();
        }
    }

    private static boolean names(ProcessHandle process, String cluster) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of()).contains(cluster);
    }

    /** Whether a server runs on this cluster, an orphan or not. */
    static boolean isRunning(Path cluster) throws IOException {
        return postmaster(cluster.resolve("postmaster.pid")).isPresent();
    }

    /** The server of this cluster; a refusal when there is none. */
    static ProcessHandle server(Path cluster) throws IOException {
        return postmaster(cluster.resolve("postmaster.pid"))
                .orElseThrow(() -> new StartRefusal("No database server runs on " + cluster + "."));
    }

    private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("-?[0-9]{1,9}")) {
            return Optional.empty();
        }
        // PostgreSQL writes the number with a minus when it runs alone, for initdb.
        long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
        return ProcessHandle.of(pid).filter(Orphan::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .map(Path::getFileName)
                .filter(name -> name.toString().startsWith("postgres"))
                .isPresent();
    }

    private static void stop(ProcessHandle postmaster) {
        List<ProcessHandle> backends = postmaster.children().toList();
        postmaster.destroy();
        if (ends(postmaster)) {
            return;
        }
        postmaster.destroyForcibly();
        // Backends leave by themselves once the postmaster is gone; a new server cannot start before.
        if (!ends(postmaster) || !backends.stream().allMatch(Orphan::ends)) {
            throw new StartRefusal("A database server left over from an earlier run (process " + postmaster.pid()
                    + ") does not stop. Stop it by hand and start again.");
        }
    }

    private static boolean ends(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid(), e);
        }
    }
}
