package io.consentry.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes up histories: mostly of acts that the model allows, so that they get somewhere, and some of any others. */
final class Histories {

    /** Out of a hundred acts, how many are taken as they come. */
    private static final int ANYTHING = 22;

    private static final int TRIES = 6;

    private static final List<Duration> TIMES = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(16),
            Duration.ofMinutes(16),
            Duration.ofMinutes(31),
            Duration.ofMinutes(31),
            Duration.ofHours(25),
            Duration.ofHours(25),
            Duration.ofDays(365).plusHours(1));

    /** By weight: what is needed to get anywhere comes more often. */
    private static final List<String> ACTS = List.of(
            ("LOOK LOOK APPROVE APPROVE APPROVE APPROVE APPROVE APPROVE REFUSE STRANGER AMEND AMEND AMEND REDEEM REDEEM REDEEM "
                            + "REDEEM REDEEM REFRESH REFRESH REFRESH FETCH FETCH FETCH FETCH FETCH FETCH FETCH FETCH QUERY RELINQUISH "
                            + "PAUSE PAUSE RESUME RESUME NARROW NARROW WITHDRAW REVOKE INVALIDATE")
                    .split(" "));

    private final Random random;
    private final boolean timed;

    private Histories(Random random, boolean timed) {
        this.random = random;
        this.timed = timed;
    }

    /** The history of this seed, always the same. */
    static History of(long seed, boolean timed) {
        return new Histories(new Random(seed), timed).make();
    }

    private History make() {
        Kind kind = any(List.of(Kind.values()));
        var history = new History(kind, scope(kind), List.of());
        String favourite = any(ACTS);
        int length = 6 + random.nextInt(7);
        if (random.nextInt(timed ? 2 : 4) == 0) {
            history = headStart(history);
        }
        while (history.acts().size() < length) {
            history = history.with(next(history, favourite));
        }
        return history;
    }

    /** Some get to the data at once, or let time pass before they do. */
    private History headStart(History history) {
        return history.with(new Act.Approve(some(new TreeSet<>(history.kind().optional()))))
                .with(Act.Plain.REDEEM)
                .with(timed ? new Act.Pass(any(TIMES)) : Act.Plain.FETCH);
    }

    private Act next(History history, String favourite) {
        if (!history.acts().isEmpty() && history.acts().getLast() instanceof Act.Pass && random.nextBoolean()) {
            Act use = Act.Plain.FETCH; // What time has ended is of interest at once.
            return history.told().isCertain(use) ? use : certain(history, favourite);
        }
        boolean anything = random.nextInt(100) < ANYTHING;
        Act act = certain(history, favourite);
        for (int i = 0; i < TRIES && !anything; i++) {
            if (leadsOn(history.told(), act)) {
                return act;
            }
            act = certain(history, favourite);
        }
        return act;
    }

    /** Whether it is allowed; what ends a grant is put off, and time is not waited for where it changes nothing any more. */
    private boolean leadsOn(Model model, Act act) {
        Stage before = model.life().stage;
        boolean done = Model.isDone(model.take(act));
        if (act instanceof Act.Pass) {
            return !before.isOver();
        }
        boolean ends = !before.isOver() && model.life().stage.isOver();
        return done && (!ends || random.nextInt(3) == 0);
    }

    private Act certain(History history, String favourite) {
        Model model = history.told();
        while (true) {
            Act act = draw(model, favourite);
            if (model.isCertain(act)) {
                return act;
            }
        }
    }

    private Act draw(Model model, String favourite) {
        Life life = model.life();
        // Time is of interest once there is something that it can end.
        if (timed && random.nextInt(model.hasToken() ? 3 : 12) == 0) {
            return new Act.Pass(any(TIMES));
        }
        String word = random.nextInt(3) == 0 ? favourite : any(ACTS);
        return switch (word) {
            case "APPROVE" -> new Act.Approve(declined(life));
            case "AMEND" -> new Act.Amend(any(List.of(Act.Mode.values())), scope(life.kind));
            case "NARROW" -> new Act.Narrow(less(life));
            default -> Act.Plain.valueOf(word);
        };
    }

    /** What a client asks for: something that is required is always among it. */
    private SortedSet<String> scope(Kind kind) {
        SortedSet<String> scope = some(kind.attributes());
        scope.add(any(kind.required()));
        return scope;
    }

    /** Mostly what can be declined; without a page, anything can be tried. */
    private SortedSet<String> declined(Life life) {
        return some(random.nextInt(5) == 0 ? life.kind.attributes() : life.optional(life.kind.attributes()));
    }

    /** Mostly part of what was granted. */
    private SortedSet<String> less(Life life) {
        SortedSet<String> from = life.granted();
        if (from.isEmpty() || random.nextInt(4) == 0) {
            from = life.kind.attributes();
        }
        SortedSet<String> less = some(from);
        less.add(any(List.copyOf(from)));
        return less;
    }

    private SortedSet<String> some(SortedSet<String> of) {
        var some = new ArrayList<>(of);
        some.removeIf(each -> random.nextBoolean());
        return new TreeSet<>(some);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
