package io.consentry.postgres;

import io.consentry.postgres.LocalPostgres.Options;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;

/** The one way in which the server is started: on which cluster, with which settings, and where it says what is wrong. */
record ServerLaunch(Options options, Cluster cluster, Passwords passwords) {

    static final int ANY_PORT = 0;

    private static final String LIBRARYS_LOCK = "epg-lock";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Starts it and waits until it answers; whoever calls closes it. Throws what the server itself complained of, if it did. */
    EmbeddedPostgres at(int port) throws IOException {
        Redirect log = Redirect.appendTo(cluster.log().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster.data())
                .setPort(port)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(options.binaries().toFile())
                .setRegisterShutdownHook(false) // it would stop the server under the pool
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setConnectConfig("password", passwords.superuser())
                // Options of initdb: no trust from the first moment, and the same sorting on every machine.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "reject")
                .setLocaleConfig("pwfile", cluster.passwordFile().toString())
                .setLocaleConfig("locale", "C")
                // The library turns both off for the sake of fast tests; a ledger would lose acknowledged writes.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                // PostgreSQL's own defaults are those of a much smaller machine; memory is taken when it is first
                // needed.
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                // DETAIL lines quote rows, which are nobody's business in a log.
                .setServerConfig("log_error_verbosity", "terse");
        options.settings().forEach(builder::setServerConfig);
        ServerLog said = ServerLog.from(cluster.log());
        try {
            // After a start that failed the library keeps its lock until it is collected, and refuses the next start:
            // a lock on a new file is none of its. Two programs are kept apart by FolderLock.
            Files.deleteIfExists(cluster.data().resolve(LIBRARYS_LOCK));
            return builder.start();
        } catch (IOException
                | RuntimeException e) { // the library throws these when unpacking, initdb or the start fails
            throw new IOException(said.complaint().orElse(e.getMessage()), e);
        } finally {
            Binaries.close(options.binaries());
        }
    }
}
