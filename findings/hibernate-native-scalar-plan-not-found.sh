#!/usr/bin/env bash
# org.hibernate.orm:hibernate-core: the plan of a native query for a scalar class is cached anew at each call and never found again.
#
# Expected: createNativeQuery(sql, String.class) finds its plan in the query plan cache from the second call on, as
#   createNativeQuery(sql, Entity.class) and createNativeQuery(sql) do; one statement is one plan.
# Seen: each call adds a plan. The key holds the mapping of the result, which is built anew at each call for a class that is no
#   entity, and two of them are not equal though their hash is: the cache fills with plans of one statement, and each look-up compares
#   with all of them, one by one. The cache is bounded, so what is seen from outside is a call that becomes slower with the number of
#   calls before it.
# Versions: org.hibernate.orm:hibernate-core 7.2.14.Final, com.h2database:h2 2.4.240, on JDK 25.
# Source: hibernate's own statistics (query plan cache hits and misses).
#
# Needs a JDK (21 or newer) and Maven, which brings the libraries into a folder that is deleted afterwards. Exits with 0 while the
# behaviour is as described, and with 1 when it has changed.
set -euo pipefail

hibernate=7.2.14.Final
h2=2.4.240
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>$hibernate</version></dependency>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>$h2</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dmaven.repo.local="$folder/repository" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder/lib" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 2; }

cat >"$folder/Plans.java" <<'JAVA'
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;

public class Plans {

    private static final int CALLS = 100;

    @Entity(name = "parcel")
    public static class Parcel {
        @Id
        public String id;
    }

    public static void main(String[] args) {
        Logger.getLogger("org.hibernate").setLevel(Level.OFF);
        var configuration = new Configuration()
                .addAnnotatedClass(Parcel.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:plans")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.generate_statistics", "true");
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            System.out.println("hibernate-core " + org.hibernate.Version.getVersionString() + ", " + CALLS + " calls each");
            long entity = misses(factory, "an entity's class",
                    session -> session.createNativeQuery("select id from parcel", Parcel.class).getResultList());
            long untyped = misses(factory, "no class",
                    session -> session.createNativeQuery("select id from parcel p").getResultList());
            long scalar = misses(factory, "String.class",
                    session -> session.createNativeQuery("select id from parcel q", String.class).getResultList());
            System.exit(entity <= 1 && untyped <= 1 && scalar == CALLS ? 0 : 1);
        }
    }

    private static long misses(SessionFactory factory, String what, Consumer<StatelessSession> call) {
        var statistics = factory.getStatistics();
        statistics.clear();
        try (StatelessSession session = factory.openStatelessSession()) {
            for (int i = 0; i < CALLS; i++) {
                call.accept(session);
            }
        }
        long misses = statistics.getQueryPlanCacheMissCount();
        System.out.println(what + ": found " + statistics.getQueryPlanCacheHitCount() + " times, not found " + misses);
        return misses;
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -cp "$folder/lib/*" -d "$folder/classes" "$folder/Plans.java" 2>&1 | grep -v '^Note' || true
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$folder/lib/*:$folder/classes" Plans 2>/dev/null
