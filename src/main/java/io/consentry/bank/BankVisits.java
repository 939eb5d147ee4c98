package io.consentry.bank;

import io.consentry.kernel.Handle;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The visits that are going on, in memory alone. The oldest goes when there are too many, and each when nobody comes back. */
@ApplicationScoped
class BankVisits {

    static final Duration IDLE = Duration.ofMinutes(30);
    static final int MOST = 500;

    private record Entry(BankVisit visit, Instant seen) {}

    private final InstantSource clock;
    private final Map<Handle, Entry> visits = new LinkedHashMap<>(16, 0.75f, true);

    BankVisits(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins a visit under a handle that nobody has seen before. */
    synchronized Handle open(BankVisit visit) {
        sweep();
        Handle handle = Handle.random();
        visits.put(handle, new Entry(visit, clock.instant()));
        if (visits.size() > MOST) {
            visits.remove(visits.keySet().iterator().next());
        }
        return handle;
    }

    /** The visit of a cookie, while it lasts. */
    synchronized Optional<BankVisit> find(Handle handle) {
        sweep();
        return Optional.ofNullable(
                        visits.computeIfPresent(handle, (key, entry) -> new Entry(entry.visit(), clock.instant())))
                .map(Entry::visit);
    }

    /** Moves a visit on; false, and nothing changes, when it has moved since {@code expected} was read. */
    synchronized boolean replace(Handle handle, BankVisit expected, BankVisit next) {
        Entry entry = visits.get(handle);
        if (entry == null || entry.visit() != expected) {
            return false;
        }
        visits.put(handle, new Entry(next, clock.instant()));
        return true;
    }

    /** Forgets a visit with everything in it. */
    synchronized void end(Handle handle) {
        visits.remove(handle);
    }

    private void sweep() {
        Instant limit = clock.instant().minus(IDLE);
        visits.values().removeIf(entry -> entry.seen().isBefore(limit));
    }
}
