package io.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * There are two ways to the database: Hibernate loads and stores rows whole, and everything else is typed SQL. SQL as text is left to
 * those who speak to a database before it has the schema, or apart from the pool.
 */
class SqlLineTest {

    private static final Path SOURCES = Path.of("src/main/java/io/consentry");
    private static final Pattern SQL_AS_TEXT = Pattern.compile(
            "createNativeQuery|createNativeMutationQuery|prepareStatement|createStatement|doWork|doReturningWork"
                    + "|\\b(execute|query|resultQuery|fetch\\w*)\\(\\s*\"");

    /** A query on a row's own class is one text, there to be read. */
    private static final Pattern QUERY_OF_PARTS = Pattern.compile("create(Selection|Mutation|Named)?Query\\(\\s*+"
            + "(?!(\"\"\"(?s:.*?)\"\"\"|\"([^\"\\\\]|\\\\.)*\")\\s*[,)])");

    private static final Pattern ROW_WITHOUT_NAMES = Pattern.compile("Object\\[\\]\\.class|\\(Object\\[\\]\\)");

    /** Each with what it is for. */
    private static final Set<String> MAY_WRITE_TEXT = Set.of(
            "postgres/Roles", // makes the roles
            "health/DatabaseProbe", // on a connection of its own
            "database/DatabaseCheck", // before the schema is known
            "ledger/LedgerCheck", // says how its transaction is isolated, for which jOOQ has no word
            "ledger/MassEntries", // one statement whose parts hand their rows on to each other
            "database/BulkStatement"); // for that one

    @Test
    void sqlIsTextOnlyWhereItMust() {
        assertThat(filesWith(SQL_AS_TEXT)).isEqualTo(new TreeSet<>(MAY_WRITE_TEXT));
    }

    @Test
    void noRowIsReadByThePlaceOfItsColumns() {
        assertThat(filesWith(ROW_WITHOUT_NAMES)).isEmpty();
    }

    @Test
    void noQueryIsPutTogether() {
        assertThat(filesWith(QUERY_OF_PARTS)).isEmpty();
    }

    @Test
    void aQueryThatIsPutTogetherIsTold() {
        assertThat("createSelectionQuery(\"from Row\", Row.class)").doesNotContainPattern(QUERY_OF_PARTS);
        assertThat("createMutationQuery(\n  \"delete from Row\")").doesNotContainPattern(QUERY_OF_PARTS);
        assertThat("createSelectionQuery(\"\"\"\n from Row\n where x\"\"\", Row.class)")
                .doesNotContainPattern(QUERY_OF_PARTS);
        assertThat("createSelectionQuery(\"from \" + name, Row.class)").containsPattern(QUERY_OF_PARTS);
        assertThat("createSelectionQuery(select + STANDING, Row.class)").containsPattern(QUERY_OF_PARTS);
        assertThat("createMutationQuery(\"delete from %s\".formatted(row))").containsPattern(QUERY_OF_PARTS);
        assertThat("createQuery(\"\"\"\n from %s\"\"\".formatted(row))").containsPattern(QUERY_OF_PARTS);
    }

    private static Set<String> filesWith(Pattern pattern) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> SOURCES.relativize(file).toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
