package io.consentry.life;

import io.consentry.consent.Consents;
import java.sql.SQLException;
import java.util.Optional;

/** Does a history to a fresh grant and tells it to the model, step by step, until the two differ. */
final class Trial {

    private final Lane lane;
    private final Consents consents;
    private final Coverage coverage;

    Trial(Lane lane, Consents consents, Coverage coverage) {
        this.lane = lane;
        this.consents = consents;
        this.coverage = coverage;
    }

    /** Where they differ; empty when they do not. */
    Optional<String> of(History history) throws SQLException {
        var model = new Model(history.kind(), history.asked());
        var told = new StringBuilder("a grant of the kind " + history.kind() + ", asked for " + history.asked());
        try {
            Walk walk = lane.begin(history.kind()).ask(history.asked());
            for (Act act : history.acts()) {
                Stage before = model.life().stage;
                String seen = walk.take(act, model);
                String expected = model.take(act);
                coverage.count(before, act, expected, model.life().stage);
                told.append("\n  ").append(act).append(": ").append(seen);
                if (!seen.equals(expected)) {
                    return Optional.of(told + ", but in the model " + expected);
                }
            }
            consents.settle(walk.grant()); // What time has ended is written down, as within seconds it would be anyway.
            return Views.differences(walk, model).map(differences -> told + "\n  at the end, " + differences);
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(told + "\n  and then " + e);
        } finally {
            lane.backToNow();
        }
    }

    /** The shortest history that still shows a difference, as far as leaving single steps out goes. */
    Optional<String> shrunk(History history) throws SQLException {
        History shortest = history;
        Optional<String> problem = Optional.empty();
        for (int step = history.acts().size() - 1; step >= 0; step--) {
            Optional<String> shorter = of(shortest.without(step));
            if (shorter.isPresent()) {
                shortest = shortest.without(step);
                problem = shorter;
            }
        }
        return problem;
    }
}
