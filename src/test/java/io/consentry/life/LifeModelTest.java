package io.consentry.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.consent.Consents;
import io.consentry.operator.Operator;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random histories, each done to a grant of the running service and told to the {@link Model}: after every act both must give
 * the same answer, and after every history everybody must see what the model says. Two hundred histories; twenty thousand
 * with {@code -Dconsentry.soak=true}, as many as {@code -Dconsentry.histories} says otherwise. {@code -Dconsentry.seed}
 * makes up other ones.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-LIFE-3")
@Tag(Effort.SLOW)
class LifeModelTest {

    private static final Logger LOG = Logger.getLogger(LifeModelTest.class);

    private static final int HISTORIES = Integer.getInteger("consentry.histories", Effort.of(60, 200, 20_000));

    private static final long SEED = Long.getLong("consentry.seed", 20_261_125L);

    /** From so many on, they must have been everywhere. */
    private static final int ENOUGH = 2_000;

    /** One history of so many moves the clock, which is everybody's: these have it to themselves, after the others. */
    private static final int TIMED = 6;

    /** Each lane has people of its own, so that nobody else writes into their activity. */
    private static final List<List<String>> LANES = List.of(
            List.of("S1522946B", "S6905538I"), List.of("S7412058Z", "S8503319J"), List.of("S7598120A", "S8126640I"));

    /** Nobody else's: what is done in a time to come would stand before the grants of other tests. */
    private static final List<String> IN_TIME = List.of("S9321804C", "S8244910H");

    @Inject
    Clients clients;

    @Inject
    Consents consents;

    @Inject
    Operator operator;

    @Inject
    TestClock clock;

    private final Coverage coverage = new Coverage();
    private final AtomicBoolean failed = new AtomicBoolean();
    private Lane.Ground ground;

    @BeforeEach
    void banks() {
        Map<Kind, Bank> banks = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            banks.put(kind, Bank.registered(clients, kind));
        }
        ground = new Lane.Ground(banks, operator, clock);
    }

    @Test
    void whateverIsDoneToAConsentTheServiceSaysWhatTheModelSays() throws Exception {
        LOG.infof("%d histories, seed %d", HISTORIES, SEED);
        int timed = HISTORIES / TIMED;

        List<String> problems = new ArrayList<>(inLanes(HISTORIES - timed));
        problems.addAll(inTime(HISTORIES - timed, timed));

        assertThat(problems)
                .as("seed %d, repeat with -Dconsentry.seed=%d", SEED, SEED)
                .isEmpty();
        LOG.infof("Met: %s", coverage);
        if (HISTORIES >= ENOUGH) {
            assertThat(coverage.missing(HISTORIES / 500))
                    .as("met too rarely, seed %d: %s", SEED, coverage)
                    .isEmpty();
        }
    }

    private List<String> inLanes(int histories) throws Exception {
        var next = new AtomicInteger();
        List<Callable<Optional<String>>> lanes = new ArrayList<>();
        for (List<String> people : LANES) {
            lanes.add(() -> {
                try (var lane = new Lane(ground, people)) {
                    Optional<String> problem = Optional.empty();
                    for (int i = next.getAndIncrement(); i < histories && !failed.get(); i = next.getAndIncrement()) {
                        problem = run(lane, i, false);
                    }
                    return problem;
                }
            });
        }
        List<String> problems = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(LANES.size())) {
            for (Future<Optional<String>> lane : threads.invokeAll(lanes)) {
                lane.get().ifPresent(problems::add);
            }
        }
        return problems;
    }

    private List<String> inTime(int from, int histories) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (var lane = new Lane(ground, IN_TIME)) {
            for (int i = from; i < from + histories && !failed.get(); i++) {
                run(lane, i, true).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Optional<String> run(Lane lane, int number, boolean timed) throws SQLException {
        History history = Histories.of(SEED * 1_000_003 + number, timed);
        var trial = new Trial(lane, consents, coverage);
        Optional<String> problem = trial.of(history);
        if (problem.isEmpty()) {
            return problem;
        }
        failed.set(true);
        return Optional.of("History " + number + ", " + trial.shrunk(history).orElseGet(problem::get));
    }
}
