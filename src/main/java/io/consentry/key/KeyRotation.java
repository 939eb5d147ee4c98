package io.consentry.key;

import io.consentry.kernel.ServiceClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Rotates our signing keys without a client noticing.
 *
 * <p>A new key is published first, and signs only once every client that keeps our key set for the hour it was told has
 * fetched it; the old one stays published for as long as anything it signed may still be verified, then loses its private
 * part. Guarantees that nodes which rotate at the same moment make one key between them, and that a key which was once dated
 * by a wrong clock holds up no other. All by the database's clock, and nothing while that is in doubt.
 */
@ApplicationScoped
public class KeyRotation {

    private static final Logger LOG = Logger.getLogger(KeyRotation.class);

    private final SigningKeyRows rows;
    private final SigningKeys keys;
    private final RotationSettings settings;
    private final ServiceClock clock;

    KeyRotation(SigningKeyRows rows, SigningKeys keys, RotationSettings settings, ServiceClock clock) {
        this.rows = rows;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What came of a rotation.
     *
     * @param upcoming the key that will sign next
     * @param isNew whether it was made now; otherwise it was waiting already
     */
    public record Rotation(KeyState.Upcoming upcoming, boolean isNew) {}

    /** Refuses to start, in one sentence, with settings that would break clients or with a key that was tampered with. */
    void start(@Observes StartupEvent start) {
        refuseShort(
                "rotate-every", settings.rotateEvery(), settings.publishAhead().multipliedBy(2));
        QuarkusTransaction.requiringNew().run(this::ensureOne);
        try {
            keys.read();
        } catch (IllegalStateException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** Publishes the next key, unless one is waiting to sign already. */
    @Transactional
    public Rotation rotate() {
        Instant now = lock();
        return upcoming(now).map(waiting -> new Rotation(waiting, false)).orElseGet(() -> {
            SigningKeyRow row = rows.publish(now, now.plus(settings.publishAhead()));
            LOG.infof("Published the signing key %s, which signs from %s", row.kid, row.activeFrom);
            return new Rotation(new KeyState.Upcoming(row.kid, row.publishedAt, row.activeFrom), true);
        });
    }

    /** Every key there ever was, the latest to sign first. */
    @Transactional
    public List<KeyState> states() {
        return KeyState.of(rows.all(), clock.instant(), settings.publishAfter());
    }

    /** Publishes the next key in good time, and retires those whose time is over. */
    @Scheduled(
            every = "1m",
            delayed = "15s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = ServiceClock.InDoubt.class)
    void keepTime() {
        QuarkusTransaction.requiringNew().run(this::rotateWhenDue);
        QuarkusTransaction.requiringNew().run(this::retireWhenDue);
    }

    private void rotateWhenDue() {
        Instant now = lock();
        SigningKeyRow newest = rows.inUse().getFirst();
        Instant due = newest.activeFrom.plus(settings.rotateEvery()).minus(settings.publishAhead());
        if (!now.isBefore(due)) {
            rotate();
        }
    }

    private void retireWhenDue() {
        Instant now = lock();
        List<SigningKeyRow> inUse = rows.inUse();
        for (KeyState state : KeyState.of(inUse, now, settings.publishAfter())) {
            if (state instanceof KeyState.Superseded over && !now.isBefore(over.publishedUntil())) {
                inUse.stream().filter(row -> row.kid.equals(over.kid())).forEach(row -> rows.retire(row, now));
                LOG.infof("Retired the signing key %s and deleted its private part", over.kid());
            }
        }
    }

    private void ensureOne() {
        Instant now = clock.now(rows.lock()).latest();
        if (rows.inUse().isEmpty()) {
            rows.publish(now, now); // no client has a key set of ours yet
        }
    }

    /**
     * The time, with everybody else locked out. A key that is to sign later than any that is published now would, by a clock that
     * was wrong, signs as soon as that one would.
     */
    private Instant lock() {
        Instant now = clock.now(rows.lock()).certain();
        Instant latest = now.plus(settings.publishAhead());
        for (SigningKeyRow row : rows.inUse()) {
            if (row.activeFrom.isAfter(latest)) {
                LOG.warnf("The signing key %s was to sign from %s, and will from %s", row.kid, row.activeFrom, latest);
                rows.move(row, latest);
            }
        }
        return now;
    }

    private Optional<KeyState.Upcoming> upcoming(Instant now) {
        return KeyState.of(rows.inUse(), now, settings.publishAfter()).stream()
                .filter(KeyState.Upcoming.class::isInstance)
                .map(KeyState.Upcoming.class::cast)
                .findFirst();
    }

    private static void refuseShort(String setting, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new ConfigurationException("consentry.signing-keys." + setting + " is " + value + ", and at least "
                    + least + " is needed for clients that keep our keys for an hour");
        }
    }
}
