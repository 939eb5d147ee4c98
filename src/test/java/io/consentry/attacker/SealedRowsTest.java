package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.key.SealedRow;
import io.consentry.key.Unsealed;
import io.consentry.requirement.Requirement;
import io.consentry.testing.CapturedLog;
import io.consentry.testing.SealedDoor;
import io.consentry.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.Column;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Table;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody can write to the database as its superuser, with every trigger off, and has not the master key. Whatever they do to
 * a row that opens a door, the door stays shut, and the operator is told: every column of every sealed table is tried.
 */
@QuarkusTest
@Requirement("CX-SEAL-1")
class SealedRowsTest {

    @Inject
    SealedDoors doors;

    @Inject
    EntityManagerFactory entities;

    @Inject
    MeterRegistry meters;

    private Connection superuser;
    private Statement hand;

    @BeforeEach
    void everyTriggerOff() throws SQLException {
        superuser = TestDatabase.asSuperuser();
        hand = superuser.createStatement();
        hand.execute("set session_replication_role = replica");
    }

    @AfterEach
    void close() throws SQLException {
        superuser.close();
    }

    @Test
    void everySealedTableHasADoorHere() {
        assertThat(doors.all().keySet()).isEqualTo(sealedRows().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session",
                "access_token",
                "refresh_token",
                "client_token",
                "authorization_code",
                "authorization_request",
                "client",
                "event_receiver",
                "consent",
                "consent_record",
                "amendment",
                "revocation_order",
                "obligation"
            })
    void aRowThatThisServiceDidNotWriteAsItStandsOpensNothing(String table) throws SQLException {
        SealedDoor fresh = doors.all().get(table).get();
        assertThat(fresh.opens().test(fresh.own()))
                .as("what this service wrote")
                .isTrue();
        SealedDoor door = doors.all().get(table).get();
        Map<String, String> columns = columns(table);
        assertThat(columns.keySet()).as("columns that the class maps").isEqualTo(mapped(table));
        hand.execute("create temporary table saved as select * from " + table + " where " + door.row(door.own()));
        columns.keySet().removeAll(unsealed(table));

        for (Map.Entry<String, String> column : columns.entrySet()) {
            for (String value : otherValues(door, column)) {
                tryChange(door, column.getKey(), value);
            }
        }
        tryForgery(door, "seal");
        tryForgery(door, "''");
        tryForgery(door, "(select seal from " + table + " where " + door.row(door.other()) + ")");
    }

    /** Changing it opens nothing, and shuts nothing either. */
    @Test
    void whatASealLeavesOutDecidesAboutNoDoor() throws SQLException {
        for (String table : doors.all().keySet()) {
            if (unsealed(table).isEmpty()) {
                continue;
            }
            SealedDoor door = doors.all().get(table).get();
            for (String column : unsealed(table)) {
                String value = columns(table).get(column).equals("integer") ? "7" : "now()";
                hand.execute("update " + table + " set " + column + " = " + value + " where " + door.row(door.own()));

                assertThat(door.opens().test(door.own()))
                        .as(table + "." + column)
                        .isTrue();
            }
        }
    }

    @Test
    void theOperatorIsToldOfItWithoutValues() throws SQLException {
        SealedDoor door = doors.all().get("session").get();
        hand.execute("update session set method = 'by-magic' where " + door.row(door.own()));

        try (var log = new CapturedLog()) {
            assertThat(door.opens().test(door.own())).isFalse();

            assertThat(log.lines())
                    .anyMatch(line -> line.contains("RowSeals") && line.contains("session"))
                    .noneMatch(line -> line.contains("by-magic"))
                    .noneMatch(line -> line.contains(door.own()));
        }
    }

    private void tryChange(SealedDoor door, String column, String value) throws SQLException {
        boolean isKey = column.equals(door.key());
        String changed = isKey ? door.literal().apply(door.forged()) : value;
        String update = "update %1$s set %2$s = %3$s where %4$s and %2$s is distinct from %3$s"
                .formatted(door.table(), column, changed, door.row(door.own()));
        if (isDone(update)) {
            staysShut(door, isKey ? door.forged() : door.own(), update);
            restore(door);
        }
    }

    /** A row of the attacker's own making: like the one that is good, but for a handle that they know. */
    private void tryForgery(SealedDoor door, String seal) throws SQLException {
        hand.execute("create temporary table forged as select * from saved");
        hand.execute("update forged set %s = %s, seal = %s"
                .formatted(door.key(), door.literal().apply(door.forged()), seal));
        for (String id : List.of("id", "record_id")) {
            if (columns(door.table()).getOrDefault(id, "").equals("uuid") && !id.equals(door.key())) {
                hand.execute("update forged set " + id + " = gen_random_uuid()");
            }
        }
        String insert = "insert into " + door.table() + " select * from forged";
        if (isDone(insert)) {
            staysShut(door, door.forged(), insert + " with seal " + seal);
            restore(door);
        }
        hand.execute("drop table forged");
    }

    private void staysShut(SealedDoor door, String credential, String what) {
        double before = refused(door.table());

        assertThat(door.opens().test(credential)).as(what).isFalse();

        assertThat(refused(door.table())).as("refused for its seal: " + what).isGreaterThan(before);
    }

    private double refused(String table) {
        return meters.counter("consentry.rows.refused", "table", table).count();
    }

    private void restore(SealedDoor door) throws SQLException {
        hand.execute(
                "delete from %s where %s or %s".formatted(door.table(), door.row(door.own()), door.row(door.forged())));
        hand.execute("insert into " + door.table() + " select * from saved");
    }

    /** Whether the database takes it; what it refuses needs no seal. */
    private boolean isDone(String sql) {
        try {
            return hand.executeUpdate(sql) > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Other values that the column could have: some of its own, the other row's, and none. */
    private static List<String> otherValues(SealedDoor door, Map.Entry<String, String> column) {
        String name = column.getKey();
        var values = new ArrayList<>(
                switch (column.getValue()) {
                    case "text" ->
                        switch (name) {
                            case "status" -> List.of("'SUSPENDED'");
                            case "state" -> List.of("'paused'", "'refused'", "'overdue'", "coalesce(state, '') || 'x'");
                            default -> List.of("coalesce(" + name + ", '') || 'x'", "''");
                        };
                    case "ARRAY" -> List.of("array_append(" + name + ", null)");
                    case "uuid" -> List.of("gen_random_uuid()");
                    case "boolean" -> List.of("not " + name);
                    case "bytea" -> List.of("coalesce(" + name + ", '') || '\\x00'", "''");
                    case "timestamp with time zone" ->
                        List.of(
                                "coalesce(" + name + ", now()) + interval '1 day'",
                                "coalesce(" + name + ", now()) - interval '1 day'");
                    case "smallint", "integer", "bigint" -> List.of("coalesce(" + name + ", 2) + 1");
                    default -> throw new AssertionError("no other value of type " + column.getValue());
                });
        values.add("(select o." + name + " from " + door.table() + " o where o." + door.row(door.other()) + ")");
        values.add("null");
        return values;
    }

    private Map<String, String> columns(String table) throws SQLException {
        var columns = new TreeMap<String, String>();
        try (ResultSet rows = hand.executeQuery("select column_name, data_type from information_schema.columns"
                + " where table_schema = 'public' and table_name = '" + table + "'")) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getString(2));
            }
        }
        return columns;
    }

    private Map<String, Class<?>> sealedRows() {
        return entities.getMetamodel().getEntities().stream()
                .<Class<?>>map(entity -> entity.getJavaType())
                .filter(SealedRow.class::isAssignableFrom)
                .collect(Collectors.toMap(
                        row -> row.getAnnotation(Table.class).name(), row -> row, (one, same) -> one, TreeMap::new));
    }

    private Set<String> mapped(String table) {
        return entities.getMetamodel().entity(sealedRows().get(table)).getAttributes().stream()
                .map(attribute -> (Field) attribute.getJavaMember())
                .filter(field -> !field.isAnnotationPresent(org.hibernate.annotations.Formula.class))
                .map(SealedRowsTest::name)
                .collect(Collectors.toSet());
    }

    private Set<String> unsealed(String table) {
        return Arrays.stream(sealedRows().get(table).getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Unsealed.class))
                .map(SealedRowsTest::name)
                .collect(Collectors.toSet());
    }

    private static String name(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }
}
