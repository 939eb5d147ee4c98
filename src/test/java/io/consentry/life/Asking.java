package io.consentry.life;

import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/** The part of the model that is about requests: a new grant, then changes of it. The last request is the one in question. */
final class Asking {

    private static final Duration TO_OPEN = Duration.ofMinutes(1);

    private final Life life;
    private SortedSet<String> wanted;
    private Duration since = Duration.ZERO;
    private boolean amends;
    private int madeAgainst;
    private boolean presented;
    private boolean onPage;
    private boolean closed;

    /** How many amendments were found void, and how many more may lapse unseen. */
    int voided;

    int forgotten;

    Asking(Life life) {
        this.life = life;
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
        presented = false;
        onPage = false;
        closed = false;
        life.entries.add("amendment_requested: client_asked "
                + Life.each(wanted, name -> life.optional(wanted).contains(name) ? "optional" : "required"));
        return "201";
    }

    /** An amendment that is left open lapses some day, or is found void: nobody can say when. */
    private void forget() {
        if (amends && !closed) {
            forgotten++;
        }
    }

    int mayHaveLapsed() {
        return forgotten + (amends && !closed ? 1 : 0);
    }

    String look() {
        if (!onPage && isDead()) {
            return "400";
        }
        onPage = true;
        return decide(() -> "200");
    }

    String approve(SortedSet<String> declined) {
        return decide(() -> {
            if (!onPage && !life.optional(wanted).containsAll(declined)) {
                return "400 not_optional";
            }
            var granted = new TreeSet<>(wanted);
            var less = life.optional(wanted);
            less.retainAll(declined);
            granted.removeAll(less);
            closed = true;
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
        return decide(() -> {
            closed = true;
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
            life.entries.add("amendment_refused: another_person_came");
        } else {
            voided++;
        }
        closed = true;
        return back("access_denied");
    }

    /** What comes before every decision, on the page or without one: is it open, does it make sense, is it shown. */
    private String decide(Decision decision) {
        if (!onPage && isDead()) {
            return "400 invalid_request_uri";
        }
        if (closed) {
            return "409";
        }
        if (!isOpen()) {
            return "410";
        }
        if (!amends) {
            life.present();
        } else if (isVoid()) {
            voided++;
            closed = true;
            return back("access_denied");
        } else if (!presented) {
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

    private boolean isPast(Duration time) {
        return life.isPast(since.plus(time));
    }

    private String back(String with) {
        return (onPage ? "303 " : "200 ") + with;
    }
}
