package io.consentry.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A COMMIT was sent, and whether it happened is not known. */
public final class CommitInDoubtException extends SQLException {

    private static final long serialVersionUID = 1L;

    /**
     * Classes of SQLSTATE by which PostgreSQL says that a COMMIT was refused and all of it undone: a constraint that was
     * deferred, a transaction that had failed before, a conflict with another, no room (what runs out of room after the commit is
     * a crash, and no answer), a trigger's own error.
     */
    private static final Set<String> REFUSALS = Set.of("23", "25", "2D", "40", "53", "P0");

    /** Of class 40, this one says that the outcome is unknown. */
    private static final String COMPLETION_UNKNOWN = "40003";

    /** The connection was known to be gone before anything was sent. */
    private static final String NOT_CONNECTED = "08003";

    CommitInDoubtException(SQLException cause) {
        super("a COMMIT was sent, and whether it happened is not known", cause.getSQLState(), cause);
    }

    /** Whether a failure of COMMIT says for certain that nothing was committed. */
    static boolean isRefusal(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state != null
                && !state.equals(COMPLETION_UNKNOWN)
                && (state.equals(NOT_CONNECTED) || REFUSALS.contains(state.substring(0, 2)));
    }
}
