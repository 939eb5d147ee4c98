package io.consentry.database;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a refusal of PostgreSQL means to the person who starts the program, by its SQLSTATE (PostgreSQL, appendix A). */
public final class DatabaseRefusal {

    private static final String WHICH = " QUARKUS_DATASOURCE_JDBC_URL says which database.";

    private DatabaseRefusal() {}

    /** One sentence or two, if the database is behind what was thrown: what is wrong, and what to do. */
    public static Optional<String> sentence(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner)
                .map(DatabaseRefusal::of);
    }

    private static String of(SQLException thrown) {
        String state = Objects.requireNonNullElse(thrown.getSQLState(), "");
        String said = oneLine(thrown.getMessage());
        return switch (state) {
            case "53100" -> "The database's disk is full (" + said + "). Make room there and start again.";
            case "53300" ->
                "The database takes no more connections (" + said + "). Raise its max_connections, or stop what"
                        + " holds them, and start again.";
            case "25006" ->
                "The database takes no writes: it is a replica, or read-only for this role (" + said
                        + "). Name the primary." + WHICH;
            case "42501" ->
                "The database role lacks a right (" + said
                        + "). QUARKUS_FLYWAY_USERNAME owns the schema, QUARKUS_DATASOURCE_USERNAME gets its rights from there.";
            case "28P01", "28000" ->
                "The database does not let this role in (" + said
                        + "). Check QUARKUS_DATASOURCE_USERNAME and …_PASSWORD, QUARKUS_FLYWAY_USERNAME and …_PASSWORD.";
            case "3D000" -> "There is no such database (" + said + ")." + WHICH;
            case "57P03" -> "The database is not ready for connections (" + said + "). Start again when it is.";
            default ->
                state.startsWith("08")
                        ? "The database cannot be reached (" + said + ")." + WHICH
                        : "The database refused (" + said + ", SQLSTATE " + state + ").";
        };
    }

    /** The first line of what it said: what follows quotes statements. */
    private static String oneLine(@Nullable String message) {
        return Objects.requireNonNullElse(message, "no reason given")
                .lines()
                .findFirst()
                .orElse("")
                .strip()
                .replaceAll("\\.$", "");
    }
}
