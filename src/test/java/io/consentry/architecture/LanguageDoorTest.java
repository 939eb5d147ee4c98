package io.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A second language enters at one door, {@code wording.Language}: nothing else names one, or writes for people in Java. */
class LanguageDoorTest {

    private static final Path MAIN = Path.of("src/main/java/io/consentry");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    private static final Pattern A_LANGUAGE =
            Pattern.compile("Locale\\.(ENGLISH|UK|US|of\\(\"|forLanguageTag\\(\")|Localized\\.Literal");

    /** The door, and what reads or writes the dates of an agency that sends its months by name. */
    private static final Set<String> MAY_NAME_ONE =
            Set.of("wording/Language.java", "source/Notation.java", "sandbox/RollingDates.java");

    /** A bundle that is injected comes in English always. */
    private static final Pattern AN_INJECTED_BUNDLE =
            Pattern.compile("[(,]\\s*\\w+Messages \\w+\\s*[,)]|\\w+Messages \\w+;");

    /** Whose Java ends on pages. */
    private static final List<String> FOR_PEOPLE = List.of("approval", "resident", "wording", "bank");

    private static final Pattern A_SENTENCE = Pattern.compile("\"[^\"\\n]*[A-Za-z]{2,} [a-z']+ [a-z]+[^\"\\n]*\"");

    /** What is for developers and operators: faults and their hints, exceptions, logs, and what a command prints. */
    private static final Pattern FOR_OTHERS = Pattern.compile(
            "(Fault\\.of|Exception|LOG\\.\\w+|expecting|suggesting|System\\.err\\.println|\\bsay)\\([^;]*$");

    @Test
    void nothingElseNamesALanguage() throws IOException {
        assertThat(sources(MAIN).filter(file -> A_LANGUAGE.matcher(code(file)).find()))
                .allMatch(file -> MAY_NAME_ONE.contains(MAIN.relativize(file).toString()))
                .hasSameSizeAs(MAY_NAME_ONE);
    }

    @Test
    void noBundleOfMessagesIsInjected() throws IOException {
        assertThat(sources(MAIN)
                        .filter(file -> AN_INJECTED_BUNDLE.matcher(code(file)).find()))
                .isEmpty();
    }

    @Test
    void noSentenceForPeopleStandsInJava() throws IOException {
        for (String each : FOR_PEOPLE) {
            assertThat(sources(MAIN.resolve(each)).flatMap(LanguageDoorTest::sentences))
                    .isEmpty();
        }
    }

    /** What the scan is for, and what it passes over. */
    @Test
    void theScanBites() {
        assertThat(A_LANGUAGE.matcher("title(Locale.ENGLISH)").find()).isTrue();
        assertThat(AN_INJECTED_BUNDLE.matcher("Page(SiteMessages words)").find())
                .isTrue();
        assertThat(sentences("return \"Nothing was shared.\";")).hasSize(1);
        assertThat(sentences("throw Fault.of(CODE, \"Nothing was shared.\");")).isEmpty();
    }

    private static Stream<String> sentences(Path file) {
        return sentences(code(file)).map(sentence -> file + ": " + sentence);
    }

    private static Stream<String> sentences(String code) {
        return A_SENTENCE
                .matcher(code)
                .results()
                .filter(found ->
                        !FOR_OTHERS.matcher(code.substring(0, found.start())).find())
                .map(MatchResult::group);
    }

    private static Stream<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String code(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
