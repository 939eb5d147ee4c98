package io.consentry.key;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one table that its seals cover, and the one text that they make: the table, then name and value of each
 * column that is not null, in the order of their names, each with its length. So no value passes for another column's, a
 * column that is empty is told from one that is null, and a column that is added later and null leaves old seals as good as
 * they were.
 */
record SealedColumns(String table, List<Sealed> columns) {

    private static final ClassValue<SealedColumns> KNOWN = new ClassValue<>() {
        @Override
        protected SealedColumns computeValue(Class<?> row) {
            return read(row);
        }
    };

    /** A column and the field it is read into. */
    record Sealed(String name, Field field) {

        @Nullable Object value(SealedRow row) {
            try {
                return field.get(row);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field was made accessible", e);
            }
        }

        void set(SealedRow row, Object value) {
            try {
                field.set(row, value);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field was made accessible", e);
            }
        }
    }

    static SealedColumns of(Class<? extends SealedRow> row) {
        return KNOWN.get(row);
    }

    private static SealedColumns read(Class<?> row) {
        return new SealedColumns(
                row.getAnnotation(Table.class).name(),
                Arrays.stream(row.getDeclaredFields())
                        .filter(SealedColumns::isCovered)
                        .map(field -> new Sealed(name(field), field))
                        .sorted(Comparator.comparing(Sealed::name))
                        .toList());
    }

    private static boolean isCovered(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isAnnotationPresent(Transient.class)
                && !field.isAnnotationPresent(Formula.class)
                && !field.isAnnotationPresent(Unsealed.class)
                && field.trySetAccessible();
    }

    private static String name(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }

    byte[] text(SealedRow row) {
        var bytes = new ByteArrayOutputStream(512);
        try (var text = new DataOutputStream(bytes)) {
            write(text, table);
            for (Sealed column : columns) {
                Object value = column.value(row);
                if (value != null) {
                    write(text, column.name());
                    writeValue(text, column.name(), value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The row's primary key, for a log; of a hash its beginning. */
    String key(SealedRow row) {
        return columns.stream()
                .filter(column -> column.field().isAnnotationPresent(Id.class))
                .map(column -> column.value(row))
                .map(key -> key instanceof byte[] hash
                        ? HexFormat.of().formatHex(hash, 0, Math.min(4, hash.length)) + "…"
                        : String.valueOf(key))
                .collect(Collectors.joining());
    }

    /** Cuts the row's times to microseconds, as the database keeps them: what is read must make the text that was sealed. */
    void cutTimes(SealedRow row) {
        for (Sealed column : columns) {
            if (column.value(row) instanceof Instant at && at.getNano() % 1000 != 0) {
                column.set(row, at.truncatedTo(ChronoUnit.MICROS));
            }
        }
    }

    private void writeValue(DataOutputStream text, String column, Object value) throws IOException {
        switch (value) {
            case byte[] binary -> write(text, binary);
            case String[] many -> writeAll(text, many);
            case UUID[] many -> writeAll(text, many);
            case String one -> write(text, one);
            case UUID one -> write(text, one.toString());
            case Instant one -> write(text, one.toString());
            case Boolean one -> write(text, one.toString());
            case Short one -> write(text, one.toString());
            case Integer one -> write(text, one.toString());
            case Long one -> write(text, one.toString());
            default -> throw new IllegalStateException("no seal knows the type of " + table + "." + column);
        }
    }

    private static void writeAll(DataOutputStream text, @Nullable Object[] values) throws IOException {
        text.writeInt(values.length);
        for (Object value : values) {
            text.writeBoolean(value != null);
            write(text, String.valueOf(value));
        }
    }

    private static void write(DataOutputStream text, String value) throws IOException {
        write(text, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream text, byte[] value) throws IOException {
        text.writeInt(value.length);
        text.write(value);
    }
}
