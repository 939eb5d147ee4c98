package io.consentry.postgres;

import io.consentry.database.Login;
import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded server of another program, which is running now: how to reach it, and as whom.
 *
 * @param jdbcUrl its address
 * @param owner the role that owns the schema
 * @param service the role that the service works as
 */
public record RunningPostgres(String jdbcUrl, Login owner, Login service) {

    /** Line of {@code postmaster.pid} that holds the port. */
    private static final int PORT = 3;

    /** The server that runs on this folder; a refusal in one sentence when none does. */
    public static RunningPostgres in(Path folder) {
        Cluster cluster = new Cluster(folder.toAbsolutePath().normalize());
        try {
            if (!Orphan.isRunning(cluster.data())) {
                throw new StartRefusal("No Consentry is running on " + cluster.folder()
                        + ". Start it first (scripts/sandbox), or name its folder with CONSENTRY_DATA, or its database"
                        + " with QUARKUS_DATASOURCE_JDBC_URL.");
            }
            List<String> server = Files.readAllLines(cluster.data().resolve("postmaster.pid"));
            Passwords passwords = cluster.passwords();
            return new RunningPostgres(
                    "jdbc:postgresql://localhost:" + server.get(PORT).strip() + "/" + LocalPostgres.DATABASE,
                    new Login(Roles.OWNER, passwords.owner()),
                    new Login(Roles.SERVICE, passwords.service()));
        } catch (IOException e) {
            throw new StartRefusal(
                    "The local database in " + cluster.folder() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
