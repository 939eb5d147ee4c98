package io.consentry.witness;

import io.consentry.kernel.LogNumber;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import java.util.Collection;
import java.util.Optional;

/**
 * What witnesses are shown, and where it is kept that they have seen it; implemented by whoever publishes the logs. No method takes a
 * connection of the database.
 */
public interface ShownLogs {

    /** All logs. */
    Collection<LogNumber> numbers();

    /** The newest signed checkpoint of a log, if there is one yet. */
    Optional<SignedNote> newest(LogNumber log);

    /** The tree of a log's first {@code size} entries, as it was published. */
    Subtrees tree(LogNumber log, long size);

    /** The newest checkpoint that enough witnesses had seen, with their cosignatures. */
    Optional<SignedNote> witnessed(LogNumber log);

    /** Keeps a witnessed checkpoint, unless one of a larger tree is there. */
    void keepWitnessed(LogNumber log, SignedNote note);
}
