package io.consentry.http;

import io.consentry.database.CommitInDoubtException;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the database means to whoever asked, by its SQLSTATE. Only what the database refuses for good, such as a
 * constraint, is a fault of the program; everything else passes, and is told with the time after which to come again.
 *
 * <p>Says of nothing that it did not happen: a request may have committed before it failed.
 */
final class DatabaseFaults {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration ONCE_IT_IS_BACK = Duration.ofSeconds(5);

    private static final int CLASS = 2;

    /** Connection, login, resources, the operator's hand, input and output: whole classes of PostgreSQL's appendix A. */
    private static final Set<String> GONE_CLASSES = Set.of("08", "28", "3D", "53", "58");

    /**
     * A read-only replica; sessions that the server ended for idling or for lasting; a server that stops, crashed or starts; a
     * replica's conflict with recovery.
     */
    private static final Set<String> GONE =
            Set.of("25006", "25P03", "25P04", "57P01", "57P02", "57P03", "57P04", "57P05", "40003");

    /** Others were at the same rows: a conflict, a deadlock, a lock that was waited for in vain, a statement that took too long. */
    private static final Set<String> CROWDED = Set.of("40001", "40P01", "40000", "55P03", "57014");

    private DatabaseFaults() {}

    /**
     * Empty when the database has nothing to do with it, or is not to blame.
     *
     * @param whereToLook where whoever asked finds out whether it was done; empty when they asked for nothing to be done
     */
    static Optional<Fault> of(Throwable thrown, Optional<String> whereToLook) {
        Set<Throwable> all = new HashSet<>();
        collect(thrown, all);
        if (has(all, CommitInDoubtException.class::isInstance)) {
            return Optional.of(whereToLook.map(DatabaseFaults::inDoubt).orElseGet(DatabaseFaults::unavailable));
        }
        return all.stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst()
                .map(failure -> of(all))
                .orElseGet(() ->
                        has(all, RollbackException.class::isInstance) ? Optional.of(crowded()) : Optional.empty());
    }

    /** Everything that the database said of it, by SQLSTATE. */
    static Set<String> states(Throwable thrown) {
        Set<Throwable> all = new HashSet<>();
        collect(thrown, all);
        return states(all);
    }

    private static Optional<Fault> of(Set<Throwable> all) {
        Set<String> states = states(all);
        if (states.stream().anyMatch(DatabaseFaults::isGone)) {
            return Optional.of(unavailable());
        }
        if (states.stream().anyMatch(CROWDED::contains)) {
            return Optional.of(crowded());
        }
        if (!states.isEmpty()) {
            return Optional.empty();
        }
        // Without a state it comes from the pool: a connection did not become free in time, or could not be made.
        return Optional.of(has(all, TimeoutException.class::isInstance) ? unavailable() : overloaded());
    }

    private static Set<String> states(Set<Throwable> all) {
        return all.stream()
                .filter(SQLException.class::isInstance)
                .flatMap(failure -> Stream.ofNullable(((SQLException) failure).getSQLState()))
                .collect(Collectors.toSet());
    }

    private static boolean isGone(String state) {
        return GONE.contains(state) || state.length() > CLASS && GONE_CLASSES.contains(state.substring(0, CLASS));
    }

    private static Fault inDoubt(String whereToLook) {
        return Fault.of(
                        FaultCode.OUTCOME_IN_DOUBT,
                        "The answer of the database was lost, and we cannot tell. " + whereToLook)
                .retryingAfter(ONCE_IT_IS_BACK);
    }

    private static Fault unavailable() {
        return Fault.of(FaultCode.DATABASE_UNAVAILABLE, "Please try again in a moment.")
                .retryingAfter(ONCE_IT_IS_BACK);
    }

    private static Fault crowded() {
        return Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "Others are at the same. Please try again.")
                .retryingAfter(SOON);
    }

    private static Fault overloaded() {
        return Fault.of(FaultCode.OVERLOADED, "Please try again in a moment.").retryingAfter(SOON);
    }

    private static boolean has(Set<Throwable> all, Predicate<Throwable> what) {
        return all.stream().anyMatch(what);
    }

    /** Causes, and what was suppressed: a transaction manager puts the failure of a COMMIT there. */
    private static void collect(@Nullable Throwable thrown, Set<Throwable> all) {
        if (thrown != null && all.add(thrown)) {
            collect(thrown.getCause(), all);
            Stream.of(thrown.getSuppressed()).forEach(each -> collect(each, all));
        }
    }
}
