package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import java.time.Instant;
import java.util.Set;

/** How far a receipt, or a proof, goes. */
public sealed interface ReceiptVerdict {

    /** The service has signed that the entry will be in its log by then. A receipt that stays there is proof of a fault. */
    record Promised(String origin, Instant by) implements ReceiptVerdict {}

    /** The log has the entry, by its own signature. */
    record Included(Checkpoint checkpoint, long index) implements ReceiptVerdict {}

    /** The log has the entry, and so many others as the policy asks for have seen that tree. */
    record Witnessed(Checkpoint checkpoint, long index, Set<String> witnesses) implements ReceiptVerdict {

        public Witnessed {
            witnesses = Set.copyOf(witnesses);
        }
    }

    /** It shows nothing. */
    record Refused(String why) implements ReceiptVerdict {}
}
