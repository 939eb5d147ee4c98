package io.consentry.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * So many requests a second, and so many at once, for everybody of one kind. Counted in this node's memory, by a clock that only
 * goes forward; whoever has not come for as long as a full bucket takes is forgotten, which changes nothing.
 *
 * @param name how the limit is called in {@code RateLimit-Policy}
 */
record Limit(String name, int perSecond, int burst, Cache<String, Spending> known) {

    private static final long MOST_KNOWN = 100_000;

    /** Neither may be less than one: throws {@code IllegalArgumentException}. */
    static Limit of(String name, int perSecond, int burst) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("CONSENTRY_LIMITS_… must be at least 1.");
        }
        return new Limit(
                name,
                perSecond,
                burst,
                Caffeine.newBuilder()
                        .maximumSize(MOST_KNOWN)
                        .expireAfterAccess(Duration.ofSeconds(60 + (long) burst / perSecond))
                        .build());
    }

    /** One subject's bucket, what the other nodes have not been told of it, and the total of all nodes as it was told last. */
    record Spending(Bucket bucket, LongAdder untold, AtomicLong total) {}

    /** How long an empty bucket takes to be full again. */
    Duration window() {
        return Duration.ofNanos(Duration.ofSeconds(1).toNanos() * burst / perSecond);
    }

    /** Takes one request from a subject's bucket, or says when there is one again. */
    ConsumptionProbe spend(String subject) {
        Spending spending = known.get(subject, first -> new Spending(bucket(), new LongAdder(), new AtomicLong(-1)));
        ConsumptionProbe probe = spending.bucket().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            spending.untold().increment();
        }
        return probe;
    }

    /** Who has spent how much since this was asked last. */
    Map<String, Long> takeUntold() {
        var spent = new TreeMap<String, Long>();
        known.asMap().forEach((subject, spending) -> {
            long some = spending.untold().sumThenReset();
            if (some > 0) {
                spent.put(subject, some);
            }
        });
        return spent;
    }

    /** Takes from a subject's bucket what was spent at other nodes since the total was told last; the first one is where to begin. */
    void learn(String subject, long total, long ours) {
        Spending spending = known.getIfPresent(subject);
        if (spending == null) {
            return;
        }
        long before = spending.total().getAndSet(total);
        long elsewhere = total - before - ours;
        if (before >= 0 && elsewhere > 0) {
            var unused = spending.bucket().consumeIgnoringRateLimits(Math.min(elsewhere, burst));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withNanosecondPrecision()
                .addLimit(rule -> rule.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
