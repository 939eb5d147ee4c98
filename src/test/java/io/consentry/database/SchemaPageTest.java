package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.key.SealedTables;
import io.consentry.testing.GeneratedPage;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that shows the schema is what PostgreSQL has after the migrations. */
@QuarkusTest
class SchemaPageTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern TABLE =
            Pattern.compile("((?:^--.*\\n)*)^create (?:unlogged )?table (\\w+)", Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("V(\\d+)__(\\w+)\\.sql");

    /** What a migration says of a table, right above it. */
    private record Made(String owner, String table, String said) {}

    @Inject
    EntityManagerFactory entities;

    /** Columns of sealed tables that no row's class knows, and why whoever changes them opens nothing. */
    private static final Map<String, Map<String, String>> UNKNOWN_TO_ROWS = Map.of();

    @Test
    void noColumnOfASealedTableIsForgotten() throws SQLException {
        List<String> forgotten = new ArrayList<>();
        try (Connection database = TestDatabase.asOwner()) {
            for (var table : seals().entrySet()) {
                for (String column : ask(database, """
                        select attname from pg_attribute
                        where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped""", table.getKey())) {
                    if (table.getValue().getOrDefault(column, "").isBlank()) {
                        forgotten.add(table.getKey() + '.' + column);
                    }
                }
            }
        }

        assertThat(forgotten)
                .as("columns that no seal covers, without a word why")
                .isEmpty();
    }

    private Map<String, Map<String, String>> seals() {
        Map<String, Map<String, String>> seals = SealedTables.read(entities);
        UNKNOWN_TO_ROWS.forEach((table, columns) ->
                columns.forEach((column, why) -> seals.get(table).putIfAbsent(column, "no: " + why)));
        return seals;
    }

    @Test
    void thePageIsWhatTheDatabaseHas() throws IOException, SQLException {
        List<Made> tables = made();
        Map<String, Map<String, String>> seals = seals();
        try (Connection database = TestDatabase.asOwner()) {
            var page = new StringBuilder("""
                    # The schema

                    Every table as it is after the migrations (`src/main/resources/db/migration`, a file for each package, named after it), made from
                    PostgreSQL's catalog and held to it by a test. A foreign key is an arrow. Where rows carry a seal, a column says whether it covers each,
                    or why not: whoever changes what is covered is found out when the row is read.

                    ```mermaid
                    flowchart LR
                    """);
            for (String owner : tables.stream().map(Made::owner).distinct().toList()) {
                page.append("    subgraph ")
                        .append(owner)
                        .append("_ [")
                        .append(owner)
                        .append("]\n");
                tables.stream()
                        .filter(table -> table.owner.equals(owner))
                        .forEach(table ->
                                page.append("        ").append(table.table).append('\n'));
                page.append("    end\n");
            }
            for (String arrow : ask(database, """
                    select distinct conrelid::regclass || ' --> ' || confrelid::regclass from pg_constraint
                    where contype = 'f' and conrelid <> confrelid order by 1""")) {
                page.append("    ").append(arrow).append('\n');
            }
            page.append("```\n");
            String owner = "";
            for (Made table : tables) {
                if (!owner.equals(table.owner)) {
                    owner = table.owner;
                    page.append("\n## ").append(owner).append('\n');
                }
                describe(table, seals.getOrDefault(table.table, Map.of()), database, page);
            }

            GeneratedPage.named("schema.md").is(page.toString());
        }
    }

    private static void describe(Made table, Map<String, String> seals, Connection database, StringBuilder page)
            throws SQLException {
        page.append("\n### ").append(table.table).append("\n\n");
        if (!table.said.isEmpty()) {
            page.append(table.said).append("\n\n");
        }
        boolean isSealed = !seals.isEmpty();
        page.append(isSealed ? "| column | type | may be null | default | sealed |\n|---|---|---|---|---|\n" : "")
                .append(isSealed ? "" : "| column | type | may be null | default |\n|---|---|---|---|\n");
        ask(database, """
                select '| ' || attname || ' | ' || format_type(atttypid, atttypmod) || ' | '
                    || case when attnotnull then '' else 'yes' end || ' | '
                    || coalesce(case when attidentity <> '' then 'the next number' else pg_get_expr(adbin, adrelid) end, '') || ' |'
                from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
                where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped order by attnum""", table.table).forEach(line -> {
            String column = line.split(" ")[1];
            page.append(line)
                    .append(isSealed ? " " + seals.getOrDefault(column, "") + " |" : "")
                    .append('\n');
        });
        String keys = Stream.concat(ask(database, """
                                select pg_get_constraintdef(oid) from pg_constraint
                                where conrelid = cast(? as regclass) and contype in ('p', 'u', 'f', 'c') order by contype <> 'p', 1""", table.table).stream(), ask(database, """
                                select regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (.*)INDEX (\\w+) ON \\S+ USING btree', '\\1INDEX \\2')
                                from pg_index where indrelid = cast(? as regclass)
                                    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
                                order by 1""", table.table).stream())
                .map(line -> "- `" + line.replaceAll("\\s+", " ") + "`")
                .collect(Collectors.joining("\n"));
        page.append('\n').append(keys).append('\n');
    }

    private static List<Made> made() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(MIGRATIONS)) {
            files = found.filter(file -> FILE.matcher(name(file)).matches())
                    .sorted(java.util.Comparator.comparingInt(SchemaPageTest::number))
                    .toList();
        }
        List<Made> made = new ArrayList<>();
        for (Path file : files) {
            var named = FILE.matcher(name(file));
            named.matches();
            TABLE.matcher(Files.readString(file))
                    .results()
                    .forEach(table -> made.add(new Made(
                            named.group(2),
                            table.group(2),
                            table.group(1).replaceAll("(?m)^--\\s?", "").strip().replaceAll("\\s+", " "))));
        }
        return made;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static int number(Path file) {
        var named = FILE.matcher(name(file));
        named.matches();
        return Integer.parseInt(named.group(1));
    }

    private static List<String> ask(Connection database, String sql, String... tables) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < tables.length; i++) {
                statement.setString(i + 1, tables[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }
}
