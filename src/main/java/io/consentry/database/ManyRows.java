package io.consentry.database;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as a table within a statement, sent as an array for each column and unnested side by side, in their order: one text for
 * any number of rows, which are read in one go, where a batch of JDBC would be a statement for each of them.
 *
 * @param <R> what a row is made of
 */
public final class ManyRows<R> {

    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();

    public ManyRows(String name) {
        this.name = name;
    }

    @FunctionalInterface
    private interface Column<R> {

        Field<?> of(Collection<? extends R> rows);
    }

    /** One more column, of the name and the type of another. */
    public <T> ManyRows<R> with(Field<T> like, Function<R, ? extends @Nullable T> value) {
        DataType<T> type = like.getDataType();
        columns.add(rows -> function(name("unnest"), type, val(values(rows, type, value), type.getArrayDataType()))
                .as(like.getUnqualifiedName()));
        return this;
    }

    /** The table of these rows. */
    public Table<?> of(Collection<? extends R> rows) {
        return select(columns.stream().map(column -> column.of(rows)).toList()).asTable(name);
    }

    @SuppressWarnings("unchecked") // an array made of the type
    private static <R, T> T[] values(
            Collection<? extends R> rows, DataType<T> type, Function<R, ? extends @Nullable T> value) {
        return rows.stream().map(value).toArray(size -> (T[]) Array.newInstance(type.getType(), size));
    }
}
