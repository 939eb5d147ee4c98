package io.consentry.life;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** One step of a history: what a client, the person, another person, the operator or time does with a grant. */
sealed interface Act {

    /** As it is counted: by its kind, whatever it is about. */
    default String kind() {
        return switch (this) {
            case Approve it -> "APPROVE";
            case Amend it -> "AMEND";
            case Narrow it -> "NARROW";
            case Pass it -> "PASS";
            case Plain it -> it.name();
        };
    }

    /** What says all by its name. */
    enum Plain implements Act {
        /** The person opens the page on which they decide; from then on they decide there. */
        LOOK,
        REFUSE,
        /** Another person comes to decide. */
        STRANGER,
        REDEEM,
        REFRESH,
        FETCH,
        QUERY,
        RELINQUISH,
        PAUSE,
        RESUME,
        WITHDRAW,
        REVOKE,
        INVALIDATE
    }

    /** The person approves what was asked last, less these. */
    record Approve(SortedSet<String> declined) implements Act {

        public Approve {
            declined = copy(declined);
        }
    }

    /** The client wants the grant changed. */
    record Amend(Mode mode, SortedSet<String> attributes) implements Act {

        public Amend {
            attributes = copy(attributes);
        }
    }

    /** How. */
    enum Mode {
        MERGE,
        REPLACE
    }

    /** The person takes these back. */
    record Narrow(SortedSet<String> attributes) implements Act {

        public Narrow {
            attributes = copy(attributes);
        }
    }

    /** Time passes. */
    record Pass(Duration time) implements Act {}

    private static SortedSet<String> copy(SortedSet<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
