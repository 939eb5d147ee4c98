package io.consentry.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;

/** Writes, and dies at once without a chance to clean up, as by {@code kill -9}. */
final class KilledProgram {

    private KilledProgram() {}

    /** Takes the data folder, the folder of the binaries, and what to write. */
    public static void main(String[] args) throws Exception {
        LocalPostgres server = LocalPostgres.start(
                new LocalPostgres.Options(Path.of(args[0]), Path.of(args[1]), Map.of()), sentence -> {});
        try (Connection owner = DriverManager.getConnection(
                        server.jdbcUrl(), server.owner().role(), server.owner().password());
                Statement statement = owner.createStatement()) {
            statement.execute(args[2]);
            Runtime.getRuntime().halt(137);
        }
    }
}
