package io.consentry.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The part of the model that everybody shares: where the consent stands, what was granted, and what was written down. */
final class Life {

    static final Duration TO_DECIDE = Duration.ofMinutes(15);

    final Kind kind;
    Duration now = Duration.ZERO;
    Stage stage = Stage.REQUESTED;

    /** Whether a person was shown it, and has it among theirs since. */
    boolean seen;

    SortedSet<String> requested;

    /** What each decision granted, the first one first. */
    final List<SortedSet<String>> decisions = new ArrayList<>();

    Duration firstDecidedAt = Duration.ZERO;
    Duration expiresAt = Duration.ZERO;
    long releases;

    /** The entries that the person can see, in order; those of amendments that lapsed are only counted. */
    final List<String> entries = new ArrayList<>();

    Life(Kind kind, SortedSet<String> requested) {
        this.kind = kind;
        this.requested = requested;
    }

    SortedSet<String> granted() {
        return decisions.isEmpty() ? new TreeSet<>() : decisions.getLast();
    }

    /** The attributes among these that can be declined. */
    SortedSet<String> optional(SortedSet<String> of) {
        var optional = new TreeSet<>(of);
        optional.retainAll(kind.optional());
        return optional;
    }

    void pass(Duration time) {
        now = now.plus(time);
        if (stage.isOpen() && isPast(TO_DECIDE)) {
            enter(Stage.LAPSED);
        } else if (stage.stands() && isPast(expiresAt)) {
            enter(Stage.EXPIRED);
        }
    }

    boolean isPast(Duration time) {
        return now.compareTo(time) >= 0;
    }

    /** To an end, which says itself why. */
    void enter(Stage end) {
        stage = end;
        entries.add(end.wire() + ": " + end.reason());
    }

    void present() {
        if (stage == Stage.REQUESTED) {
            stage = Stage.PRESENTED;
            seen = true;
            entries.add("presented: person_signed_in");
        }
    }

    /** The first decision. */
    void grant(SortedSet<String> granted) {
        stage = Stage.ACTIVE;
        firstDecidedAt = now;
        expiresAt = now.plus(kind.access());
        decisions.add(granted);
        entries.add("granted: person_approved " + decided());
    }

    /** A later decision, which also says from when on the access period is counted. */
    void amend(SortedSet<String> requested, SortedSet<String> granted, String reason) {
        this.requested = requested;
        decisions.add(granted);
        entries.add("superseded: superseded_by_amendment");
        entries.add("amended: " + reason + " " + decided());
    }

    String pause() {
        if (stage == Stage.PAUSED) {
            return "204";
        }
        if (stage != Stage.ACTIVE) {
            return refused("409 consent_not_active");
        }
        stage = Stage.PAUSED;
        entries.add("paused: person_paused");
        return "204";
    }

    String resume() {
        if (stage == Stage.ACTIVE) {
            return "204";
        }
        if (stage != Stage.PAUSED) {
            return refused("409 consent_not_paused");
        }
        stage = Stage.ACTIVE;
        entries.add("resumed: person_resumed");
        return "204";
    }

    String narrow(SortedSet<String> without) {
        if (!seen || !stage.stands()) {
            return refused("409 consent_not_active");
        }
        if (wasTakenBack(without)) {
            return "204";
        }
        var left = new TreeSet<>(granted());
        left.removeAll(without);
        if (!granted().containsAll(without) || left.isEmpty()) {
            return "400 invalid_parameter";
        }
        amend(requested, left, "person_narrowed");
        return "204";
    }

    /** Whether it is what the last decision left out, and nothing else was changed by it. */
    private boolean wasTakenBack(SortedSet<String> without) {
        if (decisions.size() < 2 || without.isEmpty()) {
            return false;
        }
        var before = new TreeSet<>(decisions.get(decisions.size() - 2));
        boolean nothingNew = before.containsAll(granted());
        before.removeAll(granted());
        return nothingNew && before.equals(without);
    }

    String withdraw() {
        if (stage == Stage.WITHDRAWN) {
            return "204";
        }
        return stage.stands() ? end(Stage.WITHDRAWN, "204") : refused("409 consent_not_active");
    }

    String relinquish() {
        if (stage == Stage.RELINQUISHED) {
            return "204";
        }
        return stage.stands() ? end(Stage.RELINQUISHED, "204") : "404 grant_not_found";
    }

    String byOffice(Stage end) {
        if (stage.stands()) {
            return end(end, "done");
        }
        if (!seen) {
            return "refused grant_not_found";
        }
        return stage.isOpen() ? "refused consent_not_in_force" : "refused consent_already_ended";
    }

    private String end(Stage end, String answer) {
        enter(end);
        return answer;
    }

    /** What the person hears of an act that the state does not allow. */
    private String refused(String otherwise) {
        if (!seen) {
            return "404 grant_not_found";
        }
        return stage.isOpen() || stage.stands() ? otherwise : "409 consent_already_ended";
    }

    private String decided() {
        return each(requested, name -> granted().contains(name) ? "granted" : "declined");
    }

    /** What becomes of each attribute of a release. */
    String released() {
        return each(requested, name -> granted().contains(name) ? "released" : "withheld_by_person");
    }

    static String each(SortedSet<String> names, UnaryOperator<String> of) {
        var words = new TreeMap<String, String>();
        names.forEach(name -> words.put(name, of.apply(name)));
        return words.toString();
    }
}
