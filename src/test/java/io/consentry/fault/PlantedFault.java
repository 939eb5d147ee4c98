package io.consentry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One fault that somebody could make: a few words of one source file, and what stands there instead.
 *
 * @param sentence what is wrong with the program that has it
 * @param source the file, from the root of the project
 * @param tests those that must turn red: classes below {@code io.consentry}, each with or without {@code #method}
 * @param right what stands there; however it is broken into lines
 * @param wrong what the fault puts there; nothing when empty
 */
record PlantedFault(String sentence, Path source, List<String> tests, String right, String wrong) {

    private static final Path FOLDER = Path.of("src/test/faults");
    private static final Path SOURCES = Path.of("src/main/java/io/consentry");

    /** Every fault that is written down, by file and in the order in which they stand there. */
    static List<PlantedFault> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(PlantedFault::in).toList();
        }
    }

    private static Stream<PlantedFault> in(Path file) {
        try {
            return Arrays.stream(Files.readString(file).strip().split("\n\n+")).map(PlantedFault::of);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** From lines that begin with {@code fault:}, {@code in:}, {@code test:}, {@code -} and {@code +}. */
    private static PlantedFault of(String block) {
        return new PlantedFault(
                rest(block, "fault: "),
                SOURCES.resolve(rest(block, "in: ")),
                List.of(rest(block, "test: ").split(", ")),
                rest(block, "- "),
                rest(block, "+ "));
    }

    private static String rest(String block, String begin) {
        return block.lines()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).strip())
                .collect(Collectors.joining(" "));
    }

    /** The package that the fault is in, for example {@code consent}. */
    String home() {
        return SOURCES.relativize(source).getName(0).toString();
    }

    /** The file with the fault in it; throws unless what is right stands there exactly once. */
    String plantedIn(String text) {
        Matcher place = place().matcher(text);
        if (!place.find()) {
            throw new IllegalStateException("does not apply: %s does not have: %s".formatted(source, right));
        }
        String planted = text.substring(0, place.start()) + wrong + text.substring(place.end());
        if (place.find()) {
            throw new IllegalStateException("does not apply: %s has more than once: %s".formatted(source, right));
        }
        return planted;
    }

    private Pattern place() {
        return Pattern.compile(
                Arrays.stream(right.split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s*")));
    }
}
