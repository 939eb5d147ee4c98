package io.consentry.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one client publishes, as this node has last fetched them.
 *
 * <p>A set is good for an hour and no longer: when it cannot be fetched again then, its keys are not used, since a client
 * takes a key away for a reason (Singpass does the same). A key that is not in the set is looked for once more at the
 * address, but at most every half minute, so that nobody can make us hammer a client's server by naming keys that do not
 * exist; a failed fetch is not tried again before that either. A known key never waits for any of this.
 */
final class PublishedKeys {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    /** Requests that may wait for one fetch; more of them would take the threads that others need. */
    private static final int WAITING = 8;

    private final Fetch fetch;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile CachedKeys cached = new CachedKeys(new JWKSet(), Instant.MIN);
    private Instant nextTry = Instant.MIN;
    private boolean failed;

    PublishedKeys(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** How the set is fetched. */
    interface Fetch {
        JWKSet keys() throws IOException;
    }

    private record CachedKeys(JWKSet keys, Instant until) {}

    /** Says that the keys could not be had; no verdict on whoever asks. */
    static final class UnreachableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreachableException(@Nullable IOException cause) {
            super("the keys are out of reach", cause, false, false);
        }
    }

    /** The keys that match; none when the client publishes no such key. */
    List<JWK> select(JWKSelector selector) throws UnreachableException {
        List<JWK> known = known(selector);
        return known.isEmpty() ? lookAgain(selector) : known;
    }

    private List<JWK> known(JWKSelector selector) {
        CachedKeys now = cached;
        return isGood(now) ? selector.select(now.keys()) : List.of();
    }

    private boolean isGood(CachedKeys set) {
        return clock.instant().isBefore(set.until());
    }

    private List<JWK> lookAgain(JWKSelector selector) throws UnreachableException {
        if (fetching.getQueueLength() >= WAITING) {
            throw new UnreachableException(null);
        }
        fetching.lock();
        try {
            List<JWK> fetchedMeanwhile = known(selector);
            if (!fetchedMeanwhile.isEmpty()) {
                return fetchedMeanwhile;
            }
            if (clock.instant().isBefore(nextTry) && (failed || isGood(cached))) {
                return afterAVainTry();
            }
            fetch();
            return known(selector);
        } finally {
            fetching.unlock();
        }
    }

    private List<JWK> afterAVainTry() throws UnreachableException {
        if (failed) {
            throw new UnreachableException(null);
        }
        return List.of();
    }

    private void fetch() throws UnreachableException {
        boolean again = isGood(cached);
        try {
            JWKSet keys = fetch.keys();
            Instant now = clock.instant();
            cached = new CachedKeys(keys, now.plus(KEPT));
            failed = false;
            nextTry = again ? now.plus(BETWEEN_TRIES) : now; // right after the first, a rotated key may be looked for
        } catch (IOException e) {
            failed = true;
            nextTry = clock.instant().plus(BETWEEN_TRIES);
            throw new UnreachableException(e);
        }
    }
}
