package io.consentry.witness;

import io.consentry.tlog.NoteSignature;
import java.util.List;
import java.util.Locale;

/** What came of asking a witness. */
sealed interface Reply {

    /** It has cosigned; the signatures are of keys that the policy names, and valid. */
    record Cosigned(List<NoteSignature> signatures) implements Reply {

        public Cosigned {
            signatures = List.copyOf(signatures);
        }
    }

    /** It has not, or not so that it counts. */
    record Refused(Reason reason) implements Reply {}

    /** Why there is no cosignature: a tag of the metric. */
    enum Reason {
        /** No connection, or one that broke. */
        UNREACHABLE,
        /** No whole answer in time. */
        TOO_SLOW,
        /** Not asked, since it failed several times in a row. */
        RESTING,
        /** Not asked, since it has not answered what it was asked before. */
        BUSY,
        /** An answer that is too long, of another form, or with a status that means nothing to us. */
        MALFORMED,
        /** It does not know this log, or not its key. */
        UNKNOWN_LOG,
        /** A signature under a name and id of the policy which that key did not make. */
        INVALID_SIGNATURE,
        /** Signatures by nobody whom the policy names. */
        UNKNOWN_KEY,
        /** It has seen a larger tree meanwhile: another node was quicker. */
        AHEAD,
        /** It says that this tree does not go on from the one it has seen. */
        INCONSISTENT;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is worth leaving the witness alone for a while. */
        boolean isIllness() {
            return this != AHEAD && this != BUSY;
        }
    }
}
