package io.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.Test;

/** Every table has one owner, whose migration makes it, and nobody else's SQL names it. */
class TableOwnersTest {

    private static final JavaClasses CLASSES = Ours.CLASSES;
    private static final PackageMap MAP = Ours.MAP;
    private static final Path SOURCES = Path.of("src/main/java/io/consentry");
    private static final String SCHEMA = "io.consentry.schema";
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern CREATED = Pattern.compile("^create (?:unlogged )?table (\\w+)", Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("[VR]\\d*__([a-z]+)\\w*\\.sql");

    @Test
    void everyTableIsMadeByTheMigrationOfItsOwner() throws IOException {
        Map<String, String> made = made();

        assertThat(owners()).isEqualTo(made);
    }

    @Test
    void nobodyNamesAnotherPackagesTable() throws IOException {
        Map<String, String> owners = owners();
        List<String> trespasses = new ArrayList<>();
        var code = SqlInCode.below(SOURCES);
        assertThat(code.files()).containsKey(SOURCES.resolve("ledger").toAbsolutePath());
        for (String name : MAP.packages()) {
            Set<String> others = new TreeSet<>(owners.keySet());
            others.removeIf(table -> name.equals(owners.get(table)));
            code.naming(SOURCES.resolve(name), others).forEach(trespass -> trespasses.add(name + ": " + trespass));
        }

        assertThat(trespasses).isEmpty();
    }

    @Test
    void nobodyTakesAnotherPackagesTable() {
        Map<String, String> owners = owners();

        assertThat(CLASSES.stream()
                        .filter(origin -> !origin.getPackageName().equals(SCHEMA))
                        .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> dependency.getTargetClass().isAssignableTo(TableImpl.class))
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().equals(SCHEMA))
                        .filter(dependency -> !dependency
                                .getOriginClass()
                                .getPackageName()
                                .equals("io.consentry." + owners.get(table(dependency.getTargetClass()))))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    /** The table that a generated class stands for, by its only instance. */
    private static String table(JavaClass generated) {
        return generated
                .getSimpleName()
                .replaceAll("Table$", "")
                .replaceAll("(?<=.)(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    @Test
    void aStatementIsTold() {
        assertThat(SqlInCode.names("select 1 from consent c", "consent")).isTrue();
        assertThat(SqlInCode.names("select from due, consent c where true", "consent"))
                .isTrue();
        assertThat(SqlInCode.names("delete from x using consent", "consent")).isTrue();
        assertThat(SqlInCode.names("insert into notice (id) values (1)", "notice"))
                .isTrue();
        assertThat(SqlInCode.names("from ConsentRow where state = 'consent'", "consent"))
                .isFalse();
        assertThat(SqlInCode.names("what follows from consent", "consent")).isTrue(); // better too often
        assertThat(SqlInCode.names("consent", "consent")).isFalse();
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        for (String name : MAP.packages()) {
            for (String table : MAP.owned(name)) {
                assertThat(owners.put(table, name))
                        .as(table + " has two owners")
                        .isNull();
            }
        }
        return owners;
    }

    /** By table, the package after which the migration that creates it is named. */
    private static Map<String, String> made() throws IOException {
        Map<String, String> made = new TreeMap<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.toList()) {
                var named = FILE.matcher(file.getFileName().toString());
                assertThat(named.matches()).as(file.toString()).isTrue();
                CREATED.matcher(Files.readString(file))
                        .results()
                        .forEach(table -> made.put(table.group(1), named.group(1)));
            }
        }
        return made;
    }
}
