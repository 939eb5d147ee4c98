package io.consentry.requirement;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;

/**
 * Which tests cite which requirement.
 *
 * @param tests from an id to the tests that prove it, as {@code Class.method}
 * @param idle citations that prove nothing: on a method that is no test, is disabled, or lies in a class whose name does
 *     not end in {@code Test}, which Surefire passes over in silence
 */
record Citations(Map<String, Set<String>> tests, List<String> idle) {

    private static final Pattern IN_SOURCE = Pattern.compile("@Requirement\\(\"([^\"]+)\"\\)");

    /** Of all compiled tests, and of the sources in {@code browser} when these were left out of the build. */
    static Citations collect(Path browser) throws IOException {
        Citations citations = new Citations(new TreeMap<>(), new ArrayList<>());
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.consentry");
        classes.forEach(citations::readClass);
        if (Files.isDirectory(browser)) {
            citations.readSources(browser, classes);
        }
        return citations;
    }

    private void readClass(JavaClass type) {
        List<String> ofClass = cited(type);
        boolean runs = type.getSimpleName().endsWith("Test") && !type.isAnnotatedWith(Disabled.class);
        boolean tested = false;
        for (JavaMethod method : type.getMethods()) {
            String name = type.getSimpleName() + "." + method.getName();
            boolean test = runs && isTest(method);
            tested |= test;
            for (String id : cited(method)) {
                cite(id, name, test);
            }
        }
        for (String id : ofClass) {
            cite(id, type.getSimpleName(), tested);
        }
    }

    private void cite(String id, String test, boolean counts) {
        if (counts) {
            tests.computeIfAbsent(id, none -> new TreeSet<>()).add(test);
        } else {
            idle.add(test + " cites " + id + " and is no test that runs");
        }
    }

    private static boolean isTest(JavaMethod method) {
        return (method.isAnnotatedWith(Testable.class) || method.isMetaAnnotatedWith(Testable.class))
                && !method.isAnnotatedWith(Disabled.class);
    }

    private static List<String> cited(HasAnnotations<?> element) {
        List<String> ids = new ArrayList<>();
        element.tryGetAnnotationOfType(Requirement.class).ifPresent(one -> ids.add(one.value()));
        element.tryGetAnnotationOfType(Requirements.class)
                .ifPresent(several ->
                        Stream.of(several.value()).map(Requirement::value).forEach(ids::add));
        return ids;
    }

    /** The quick run compiles no browser tests; their citations count all the same, as the full run proves them. */
    private void readSources(Path folder, JavaClasses compiled) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                boolean known =
                        compiled.stream().anyMatch(one -> one.getSimpleName().equals(type));
                Matcher matcher = IN_SOURCE.matcher(Files.readString(file));
                while (!known && matcher.find()) {
                    cite(matcher.group(1), type, true);
                }
            }
        }
    }
}
