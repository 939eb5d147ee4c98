package io.consentry.program.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The packaged program under a crowd that is silent, and under far more requests than it can serve. In every run a small crowd,
 * and no word about rates; with {@code consentry.bench} the sizes and figures that are promised ({@code scripts/bench}), which are
 * written to {@code target/bench.json}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadTest {

    private static final boolean BENCH = Boolean.getBoolean("consentry.bench");
    private static final Duration TIME = BENCH ? Duration.ofSeconds(8) : Duration.ofMillis(1500);
    private static final int ROUNDS = BENCH ? 3 : 1;
    private static final int HONEST = 100;
    private static final int SILENT = 900;
    private static final int GRANTS = BENCH ? 64 : 8;
    private static final int OVERLOAD = 4;
    private static final double KEPT = 0.8;
    private static final long LONGEST_ANSWER_MILLIS = 5_000;
    private static final Set<String> IN_ORDER = Set.of("200", "503", "429");

    private final Map<String, Object> figures = new LinkedHashMap<>();

    private ProgramFolder folder;
    private RunningService service;
    private Releases releases;
    private Generator generator;
    private double undisturbed;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("load");
        var plan = RunningService.Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox");
        service = RunningService.start(BENCH ? plan.asPeopleRunIt() : plan);
        releases = Releases.on(service.base(), GRANTS);
        generator = new Generator(service.base());
        for (int round = 0; round < ROUNDS; round++) { // the first ones warm the program up
            Outcome outcome = generator.closedLoop(releases.signed(perPhase(1_000)), HONEST, TIME);
            undisturbed = Math.max(1, outcome.goodput());
        }
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        if (BENCH) {
            writeFigures();
        }
        generator.close();
        service.close();
        folder.close();
    }

    @Test
    @Requirement("CX-HTTP-5")
    void silentConnectionsCostHonestOnesNothing() throws Exception {
        double alone = 0;
        double besideTheCrowd = 0;
        int asked = 0;
        int served = 0;
        for (int round = 0; round < ROUNDS; round++) {
            alone += honest().goodput();
            try (var crowd = new SilentCrowd(generator.vertx(), service.base(), SILENT)) {
                await(crowd);
                Outcome beside = honest();
                besideTheCrowd += beside.goodput();
                served += beside.served();
                asked += beside.answers().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                assertThat(beside.answers()).containsOnlyKeys("200");
                assertThat(crowd.openNow()).isGreaterThan(SILENT * 9 / 10);
            }
        }
        figures.put(
                "silent_connections",
                Map.of(
                        "open",
                        HONEST + SILENT,
                        "silent",
                        SILENT,
                        "releases",
                        asked,
                        "succeeded",
                        served,
                        "undisturbed_per_s",
                        round(alone / ROUNDS),
                        "disturbed_per_s",
                        round(besideTheCrowd / ROUNDS),
                        "kept",
                        round(besideTheCrowd / alone)));
        if (BENCH) {
            assertThat(besideTheCrowd / alone).isGreaterThanOrEqualTo(KEPT);
        }
    }

    @Test
    @Requirement("CX-HTTP-7")
    void farTooMuchIsServedOrRefusedInTime() {
        double peak = 0;
        double kept = 0;
        double generatorCores = 0;
        long longestMillis = 0;
        var answers = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            peak = Math.max(peak, crowd(1).goodput());
            Outcome over = crowd(OVERLOAD);
            kept += over.goodput() / ROUNDS;
            generatorCores = Math.max(generatorCores, over.generatorCores());
            longestMillis = Math.max(longestMillis, over.longestMillis());
            over.answers().forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
        }
        figures.put(
                "overload",
                Map.of(
                        "saturating_per_s", round(undisturbed),
                        "offered_per_s", round(OVERLOAD * undisturbed),
                        "goodput_at_peak_per_s", round(peak),
                        "goodput_per_s", round(kept),
                        "kept", round(kept / peak),
                        "longest_answer_ms", longestMillis,
                        "answers", answers,
                        "generator_cores", round(generatorCores)));
        assertThat(answers.keySet()).isSubsetOf(IN_ORDER).contains("200");
        if (BENCH) {
            assertThat(longestMillis).isLessThan(LONGEST_ANSWER_MILLIS);
            assertThat(kept / peak).isGreaterThanOrEqualTo(KEPT);
        }
    }

    private Outcome honest() {
        return generator.closedLoop(releases.signed(perPhase(2 * undisturbed)), HONEST, TIME);
    }

    private Outcome crowd(int times) {
        double rate = times * undisturbed;
        return generator.openLoop(releases.signed(perPhase(rate)), rate);
    }

    private static int perPhase(double perSecond) {
        return (int) Math.ceil(perSecond * TIME.toMillis() / 1000);
    }

    private static void await(SilentCrowd crowd) throws InterruptedException {
        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (crowd.openNow() < SILENT && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
    }

    private static double round(double figure) {
        return Math.round(figure * 100) / 100.0;
    }

    private void writeFigures() throws IOException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        figures.put(
                "machine",
                Map.of(
                        "processors", system.getAvailableProcessors(),
                        "load_average", round(system.getSystemLoadAverage()),
                        "java", System.getProperty("java.version")));
        Files.writeString(
                Path.of("target", "bench.json"),
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(figures) + "\n");
    }
}
