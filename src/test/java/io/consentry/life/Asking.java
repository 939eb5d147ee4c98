package io.consentry.life;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The part of the model that is about requests: a new grant, then changes of it. The last request is the one in question. */
final class Asking {

    private static final Duration TO_OPEN = Duration.ofMinutes(1);

    private final Life life;
    private final BooleanSupplier codeWaits;
    private SortedSet<String> wanted;
    private Duration since = Duration.ZERO;
    private boolean amends;
    private int madeAgainst;
    private boolean recorded;
    private boolean presented;
    private boolean onPage;
    private boolean closed;

    /** What was decided, the words of it; empty while nothing is, and for a request that ended in another way. */
    private Optional<String> decided = Optional.empty();

    private Duration decidedAt = Duration.ZERO;

    /** How many amendments were found void, and how many more may lapse unseen. */
    int voided;

    int forgotten;

    /** @param codeWaits whether the client could still redeem the last code */
    Asking(Life life, BooleanSupplier codeWaits) {
        this.life = life;
        this.codeWaits = codeWaits;
        this.wanted = life.requested;
    }

    Duration since() {
        return since;
    }

    SortedSet<String> wanted() {
        return wanted;
    }

    /** Whether the last request can still be decided. */
    boolean isOpen() {
        return !closed && !isPast(Life.TO_DECIDE);
    }

    boolean isClosed() {
        return closed;
    }

    boolean isNew() {
        return !amends;
    }

    String amend(Act.Mode mode, SortedSet<String> attributes) {
        if (!life.stage.stands()) {
            return "400 invalid_grant_id";
        }
        forget();
        wanted = new TreeSet<>(attributes);
        if (mode == Act.Mode.MERGE) {
            wanted.addAll(life.granted());
        }
        since = life.now;
        amends = true;
        madeAgainst = life.decisions.size();
        recorded = false;
        presented = false;
        onPage = false;
        closed = false;
        decided = Optional.empty();
        return "201";
    }

    /** The first time that somebody who is signed in comes for it. */
    private void record() {
        if (!recorded) {
            recorded = true;
            var told = new TreeSet<>(wanted);
            told.addAll(life.granted());
            life.entries.add("amendment_requested: client_asked " + Life.each(told, this::asked));
        }
    }

    /** What is new is asked for; what was granted is kept by the change, or dropped. */
    private String asked(String name) {
        if (life.granted().contains(name)) {
            return wanted.contains(name) ? "kept" : "dropped";
        }
        return life.optional(wanted).contains(name) ? "optional" : "required";
    }

    /** An amendment that somebody came for and that is left open lapses some day, or is found void: nobody can say when. */
    private void forget() {
        if (amends && recorded && !closed) {
            forgotten++;
        }
    }

    int mayHaveLapsed() {
        return forgotten + (amends && recorded && !closed ? 1 : 0);
    }

    String look() {
        if (!onPage && (closed || isPast(TO_OPEN))) {
            return "400";
        }
        onPage = true;
        if (closed && decided.isPresent()) {
            return isApproval() && isSameSender() && codeWaits.getAsBoolean() ? back("code") : "409";
        }
        return decide(() -> "200");
    }

    String approve(SortedSet<String> declined) {
        var less = new TreeSet<>(declined);
        if (onPage) {
            less.retainAll(life.optional(wanted)); // nothing else is there to be left unticked
        }
        return decide("approved without " + less, () -> {
            if (!onPage && !life.optional(wanted).containsAll(declined)) {
                return "400 not_optional";
            }
            var granted = new TreeSet<>(wanted);
            granted.removeAll(less);
            close("approved without " + less);
            if (amends) {
                life.amend(wanted, granted, "person_amended");
                life.expiresAt = life.now.plus(life.kind.access());
            } else {
                life.grant(granted);
            }
            return back("code");
        });
    }

    String refuse() {
        return decide("refused", () -> {
            close("refused");
            if (amends) {
                life.entries.add("amendment_refused: person_refused");
            } else {
                life.enter(Stage.REFUSED);
            }
            return back("access_denied");
        });
    }

    /** Another person: cannot decide on a new grant that was shown to its person, and ends a request to change one. */
    String stranger() {
        if (closed && decided.isEmpty()) {
            return back("access_denied");
        }
        if (!onPage && isDead()) {
            return "400 invalid_request_uri";
        }
        if (closed) {
            return "404";
        }
        if (!isOpen()) {
            return "410";
        }
        if (!amends) {
            return onPage ? "403" : "404 interaction_not_found";
        }
        if (!isVoid()) {
            record();
            life.entries.add("amendment_refused: another_person_came");
        } else {
            findVoid();
        }
        closed = true;
        return back("access_denied");
    }

    private void close(String how) {
        closed = true;
        decided = Optional.of(how);
        decidedAt = life.now;
    }

    private boolean isApproval() {
        return decided.filter(how -> how.startsWith("approved")).isPresent();
    }

    /** On the page, whenever time passes somebody signs in anew; without one, a person is a person. */
    private boolean isSameSender() {
        return !onPage || decidedAt.equals(life.now);
    }

    /** The same answer for the same decision, as long as it is good; a request that ended without one sends everybody back. */
    private String decide(String how, Decision decision) {
        if (closed && decided.isPresent()) {
            boolean same = decided.get().equals(how) && isSameSender();
            if (same && how.equals("refused")) {
                return back("access_denied");
            }
            return same && codeWaits.getAsBoolean() ? back("code") : onPage ? "409" : "409 already_decided";
        }
        return decide(decision);
    }

    /** What comes before every decision, on the page or without one: is it open, does it make sense, is it shown. */
    private String decide(Decision decision) {
        if (closed) {
            return back("access_denied");
        }
        if (!onPage && isDead()) {
            return "400 invalid_request_uri";
        }
        if (!isOpen()) {
            return "410";
        }
        if (!amends) {
            life.present();
        } else if (isVoid()) {
            findVoid();
            closed = true;
            return back("access_denied");
        } else if (!presented) {
            record();
            presented = true;
            life.entries.add("amendment_presented: person_signed_in");
        }
        return decision.made();
    }

    private interface Decision {
        String made();
    }

    /** Whether the address that the client got leads nowhere any more. */
    private boolean isDead() {
        return closed || isPast(TO_OPEN);
    }

    private boolean isVoid() {
        return !life.stage.stands() || life.decisions.size() != madeAgainst;
    }

    /** Of one that nobody came for before, nothing is written. */
    private void findVoid() {
        if (recorded) {
            voided++;
        }
    }

    private boolean isPast(Duration time) {
        return life.isPast(since.plus(time));
    }

    private String back(String with) {
        return (onPage ? "303 " : "200 ") + with;
    }
}
