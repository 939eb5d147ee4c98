package io.consentry.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows, which PostgreSQL takes as an array for each column: {@code from unnest(?::uuid[], ?::text[])}.
 * Its rows are read in one go, where a batch of JDBC would be a statement for each of them.
 *
 * @param <R> what a row is made of
 */
public final class BulkStatement<R> {

    private final String sql;
    private final List<Column<R>> columns = new ArrayList<>();

    /**
     * A statement without columns yet.
     *
     * @param sql with a parameter for each column, in the order in which they are added
     */
    public BulkStatement(String sql) {
        this.sql = sql;
    }

    @FunctionalInterface
    private interface Column<R> {

        Array of(List<? extends R> rows, Connection connection) throws SQLException;
    }

    public BulkStatement<R> uuid(Function<R, @Nullable UUID> value) {
        return column("uuid", value);
    }

    public BulkStatement<R> text(Function<R, @Nullable String> value) {
        return column("text", value);
    }

    public BulkStatement<R> integer(Function<R, Integer> value) {
        return column("integer", value);
    }

    /** For a parameter that is cast from texts: {@code ?::text[]::timestamptz[]}. */
    public BulkStatement<R> instant(Function<R, Instant> value) {
        return text(row -> value.apply(row).toString());
    }

    public BulkStatement<R> bytes(Function<R, byte[]> value) {
        // The driver takes binary values only as what they are.
        columns.add((rows, connection) ->
                connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new)));
        return this;
    }

    private BulkStatement<R> column(String type, Function<R, ? extends @Nullable Object> value) {
        columns.add((rows, connection) ->
                connection.createArrayOf(type, rows.stream().map(value).toArray()));
        return this;
    }

    /** Executes it for these rows, in the transaction of the connection. */
    public void execute(List<? extends R> rows, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, columns.get(i).of(rows, connection));
            }
            statement.executeUpdate();
        }
    }
}
