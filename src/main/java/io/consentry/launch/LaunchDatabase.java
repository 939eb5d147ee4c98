package io.consentry.launch;

import io.consentry.database.DatabaseCheck;
import io.consentry.database.Login;
import io.consentry.database.StartRefusal;
import io.consentry.postgres.LocalDatabase;
import io.consentry.postgres.LocalPostgres;
import io.consentry.postgres.RunningPostgres;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The database that the service is to use: the one that is named, or else a local one of its own. */
record LaunchDatabase(LaunchSettings launch) {

    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    boolean isNamed() {
        return launch.config().getOptionalValue(JDBC_URL, String.class).isPresent();
    }

    /** Starts the local database, which ends after what {@code untilThen} waits for. */
    void start(Consumer<String> say, Runnable untilThen) {
        if (!LocalDatabase.isPackaged()) {
            throw new StartRefusal("This program was packaged without the embedded PostgreSQL: name a database by"
                    + " QUARKUS_DATASOURCE_JDBC_URL, or run scripts/sandbox in a checkout, which has one.");
        }
        LocalPostgres postgres = LocalPostgres.startUntilExit(LocalPostgres.Options.in(folder()), say, untilThen);
        use(postgres.jdbcUrl(), postgres.owner(), postgres.service());
    }

    /** Uses the local database that a running sandbox has started. */
    void join() {
        RunningPostgres running = RunningPostgres.in(folder());
        use(running.jdbcUrl(), running.owner(), running.service());
    }

    /** Refuses a database on which this node cannot start, before anything is started on it. */
    void refuseUnfit() {
        Login service = new Login(launch.now("quarkus.datasource.username"), launch.now("quarkus.datasource.password"));
        // Flyway takes the service's login where it has none of its own.
        Login owner = launch.now("quarkus.flyway.username").isEmpty()
                ? service
                : new Login(launch.now("quarkus.flyway.username"), launch.now("quarkus.flyway.password"));
        new DatabaseCheck(launch.now(JDBC_URL), service, owner)
                .refuseUnfit(launch.settings().mode());
    }

    private Path folder() {
        return launch.folder("postgres");
    }

    /** The service's role for the pool, the owner's for Flyway. */
    private static void use(String jdbcUrl, Login owner, Login service) {
        LaunchSettings.decide(JDBC_URL, jdbcUrl);
        LaunchSettings.decide("quarkus.datasource.username", service.role());
        LaunchSettings.decide("quarkus.datasource.password", service.password());
        LaunchSettings.decide("quarkus.flyway.username", owner.role());
        LaunchSettings.decide("quarkus.flyway.password", owner.password());
    }
}
