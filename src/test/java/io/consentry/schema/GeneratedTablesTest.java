package io.consentry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The generated sources of the package {@code schema} are what jOOQ makes of the migrated database.
 * {@code -Dconsentry.pages.write=true} writes them anew.
 */
@QuarkusTest
class GeneratedTablesTest {

    private static final String PACKAGE = "io.consentry.schema";
    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir
    Path made;

    @Test
    void theTablesAreThoseOfTheDatabase() throws Exception {
        generate(made);
        if (Boolean.getBoolean("consentry.pages.write")) {
            Path target = SOURCES.resolve(folder());
            for (String old : sources(SOURCES).keySet()) {
                Files.delete(target.resolve(old));
            }
            for (var source : sources(made).entrySet()) {
                Path file = target.resolve(source.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
        }

        assertThat(sources(SOURCES))
                .as("written anew by this test with -Dconsentry.pages.write=true")
                .isEqualTo(sources(made));
    }

    private static void generate(Path folder) throws Exception {
        var database = new Database()
                .withName("org.jooq.meta.postgres.PostgresDatabase")
                .withInputSchema("public")
                .withOutputSchemaToDefault(true)
                .withOutputCatalogToDefault(true)
                .withExcludes("flyway_schema_history")
                .withForcedTypes(
                        new ForcedType().withName("INSTANT").withIncludeTypes("timestamptz|timestamp.*with time zone"));
        var generate = new Generate()
                .withRecords(false)
                .withKeys(false)
                .withIndexes(false)
                .withRelations(false)
                .withDefaultCatalog(false)
                .withDefaultSchema(false)
                .withGlobalCatalogReferences(false)
                .withGlobalSchemaReferences(false)
                .withGlobalKeyReferences(false)
                .withGlobalIndexReferences(false)
                .withGlobalTableReferences(false)
                .withGlobalRoutineReferences(true)
                .withGlobalSequenceReferences(true)
                .withJavadoc(false)
                .withComments(false)
                .withGeneratedAnnotation(false)
                .withWhereMethodOverrides(false)
                .withRenameMethodOverrides(false);
        try (Connection owner = TestDatabase.asOwner()) {
            var tool = new GenerationTool();
            tool.setConnection(owner);
            tool.setClassLoader(SchemaNames.class.getClassLoader());
            tool.run(new Configuration()
                    .withLogging(Logging.WARN)
                    .withGenerator(new Generator()
                            .withDatabase(database)
                            .withGenerate(generate)
                            .withStrategy(new Strategy().withName(SchemaNames.class.getName()))
                            .withTarget(new Target().withPackageName(PACKAGE).withDirectory(folder.toString()))));
        }
    }

    private static Path folder() {
        return Path.of(PACKAGE.replace('.', '/'));
    }

    /** By name below the package, without what is written by hand. */
    private static Map<String, String> sources(Path root) throws IOException {
        Path folder = root.resolve(folder());
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            GeneratedTablesTest::read,
                            (one, other) -> one,
                            TreeMap::new));
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
