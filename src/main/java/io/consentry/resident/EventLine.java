package io.consentry.resident;

import io.consentry.consent.Reason;
import io.consentry.kernel.LogNumber;
import io.consentry.ledger.EventKind;
import io.consentry.wording.Tally;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event as its person reads it.
 *
 * @param tally what became of how many attributes
 * @param facts what became of each, by its label
 * @param log which of the ledger's logs it is in
 * @param number the how manieth of its person's events in that log it is
 * @param index its place in that log, once it has one
 */
record EventLine(
        EventKind kind,
        String at,
        String client,
        String grant,
        Optional<String> reason,
        Tally tally,
        List<Fact> facts,
        LogNumber log,
        long number,
        OptionalLong index) {

    /** Whether the number of the log must be said: the first, mostly the only one, goes without. */
    public boolean isOfAnotherLog() {
        return !log.equals(LogNumber.FIRST);
    }

    /** One attribute of an event. */
    record Fact(String label, String outcome) {}

    /** Whether the service refused a change because somebody else came to answer it: the person never saw it. */
    public boolean isAnothersAnswer() {
        return kind == EventKind.AMENDMENT_REFUSED
                && reason.filter(Reason.ANOTHER_PERSON_CAME.code()::equals).isPresent();
    }

    /** Whether a change came to nothing because the grant had changed or ended before the answer. */
    public boolean isOvertaken() {
        return kind == EventKind.AMENDMENT_LAPSED
                && reason.filter(Reason.GRANT_CHANGED_MEANWHILE.code()::equals).isPresent();
    }

    /** Whether the event does not say by itself why. */
    public boolean isExplained() {
        return reason.isPresent() && kind != EventKind.AMENDMENT_REFUSED && kind != EventKind.AMENDMENT_LAPSED;
    }

    /** Whether the reason says of what the client was told, and belongs into the same sentence. */
    public boolean isTold() {
        return kind == EventKind.NOTICE_SENT
                || kind == EventKind.NOTICE_ACKNOWLEDGED
                || kind == EventKind.NOTICE_REFUSED;
    }

    /** {@code good}, {@code caution}, {@code stop} or nothing: how the event is marked, beside its words. */
    public String tone() {
        return switch (kind) {
            case RELEASED, GRANTED, RESUMED, DELETION_ATTESTED -> "good";
            case RELEASE_REFUSED, RELEASE_ABORTED, LAPSED, AMENDMENT_LAPSED, PAUSED, NOTICE_REFUSED, DELETION_OVERDUE ->
                "caution";
            case REFUSED, AMENDMENT_REFUSED, WITHDRAWN, REVOKED, INVALIDATED -> "stop";
            case REQUESTED,
                    PRESENTED,
                    AMENDMENT_REQUESTED,
                    AMENDMENT_PRESENTED,
                    SUPERSEDED,
                    AMENDED,
                    RELINQUISHED,
                    EXPIRED,
                    EXHAUSTED,
                    NOTICE_SENT,
                    NOTICE_ACKNOWLEDGED,
                    REMINDED -> "";
        };
    }
}
