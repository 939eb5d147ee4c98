package io.consentry.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/**
 * Plants the faults one at a time in a copy of the project that is built already, and runs the tests that must notice each. Said of a
 * fault is which test turned red, or that none did.
 *
 * <p>A file with a fault is compiled alone, against the classes of the copy: constants that others have taken over stay with them.
 */
final class PlantFaults {

    private final Path tree;
    private final String classPath;
    private final NamedTests tests;

    private PlantFaults(Path tree, String classPath) {
        this.tree = tree;
        this.classPath = classPath;
        this.tests = new NamedTests(tree);
    }

    /** What came of a fault; which test turned red, or why it counts as not seen. */
    private record Result(PlantedFault fault, boolean seen, String how) {}

    /** Of the copy's folder, the file with its class path, and words of which a fault must have one to be planted. */
    public static void main(String[] args) throws Exception {
        var planting = new PlantFaults(Path.of(args[0]), Files.readString(Path.of(args[1])));
        List<String> words = List.of(args).subList(2, args.length);
        List<PlantedFault> faults = PlantedFault.all().stream()
                .filter(fault -> words.isEmpty() || words.stream().anyMatch(fault.toString()::contains))
                .toList();
        System.exit(planting.all(faults) ? 0 : 1);
    }

    private boolean all(List<PlantedFault> faults) throws Exception {
        System.out.println("Without a fault: " + faults.size() + " faults' tests must be green");
        NamedTests.Outcome before = tests.run(
                faults.stream().flatMap(fault -> fault.tests().stream()).toList());
        if (!before.isGreen()) {
            System.out.println("They are not, so nothing can be said of faults: " + before.said());
            return false;
        }
        Instant begin = Instant.now();
        List<Result> results = new ArrayList<>();
        for (PlantedFault fault : faults) {
            Instant at = Instant.now();
            Result result = plant(fault);
            results.add(result);
            Duration each = Duration.between(begin, Instant.now()).dividedBy(results.size());
            System.out.printf(
                    Locale.ROOT,
                    "%2d of %d, %3d s, %s: %s (%s); about %d min left%n",
                    results.size(),
                    faults.size(),
                    Duration.between(at, Instant.now()).toSeconds(),
                    result.seen() ? "red" : "NOT SEEN",
                    fault.sentence(),
                    result.how(),
                    each.multipliedBy(faults.size() - results.size()).toMinutes());
        }
        print(results);
        return results.stream().allMatch(Result::seen);
    }

    private Result plant(PlantedFault fault) throws Exception {
        Path source = tree.resolve(fault.source());
        String right = Files.readString(source);
        try {
            Files.writeString(source, fault.plantedIn(right));
        } catch (IllegalStateException e) {
            return new Result(fault, false, String.valueOf(e.getMessage()));
        }
        try {
            if (!compile(source)) {
                return new Result(fault, false, "does not compile");
            }
            NamedTests.Outcome outcome = tests.run(fault.tests());
            return new Result(fault, outcome.isRed(), outcome.said());
        } finally {
            Files.writeString(source, right);
            if (!compile(source)) {
                throw new IOException(source + " does not compile as it was");
            }
        }
    }

    private boolean compile(Path source) {
        String classes = tree.resolve("target/classes").toString();
        return ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-parameters",
                                "-g",
                                "-nowarn",
                                "-encoding",
                                StandardCharsets.UTF_8.name(),
                                "-d",
                                classes,
                                "-cp",
                                classes + java.io.File.pathSeparator + classPath,
                                source.toString())
                == 0;
    }

    private static void print(List<Result> results) {
        System.out.println();
        System.out.println("| package | fault | noticed by |");
        System.out.println("|---|---|---|");
        results.forEach(result -> System.out.printf(
                "| `%s` | %s | %s |%n",
                result.fault().home(),
                result.fault().sentence(),
                result.seen() ? "`" + result.how() + "`" : "**NOT SEEN**: " + result.how()));
        System.out.printf(
                "%n%d faults, %d noticed%n",
                results.size(), results.stream().filter(Result::seen).count());
    }
}
