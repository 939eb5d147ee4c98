package io.consentry.consent;

import static io.consentry.schema.ConsentTable.CONSENT;
import static io.consentry.schema.ReminderTable.REMINDER;
import static io.consentry.schema.Routines.serviceTime;
import static org.jooq.Records.intoMap;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.values;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.consent.ConsentStore.Locked;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Row3;
import org.jooq.Table;
import org.jooq.types.DayToSecond;

/**
 * Reminds people of grants that live long: as often as the template says, 90 days at the rarest, counted from the decision
 * in force and from the last reminder. Whether one is due is judged from the tables whenever somebody looks; the entry
 * follows within the minute. A reminder is shown on the person's pages: there is no other way to them yet.
 */
@ApplicationScoped
public class Reminders {

    private final ConsentStore store;
    private final DSLContext sql;
    private final Catalogue catalogue;
    private final Ledger ledger;

    Reminders(ConsentStore store, DSLContext sql, Catalogue catalogue, Ledger ledger) {
        this.store = store;
        this.sql = sql;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    /**
     * A grant that its person should look at again.
     *
     * @param since when it was first given
     * @param remindedAt when this reminder became due
     * @param nextAt when the next one is, if the grant still lives then
     */
    public record Reminder(
            GrantId grant, ClientId client, Instant since, Instant expiresAt, Instant remindedAt, Instant nextAt) {}

    /** The latest reminder of each of a person's standing grants, the newest first; none for one that is young. */
    @Transactional
    public List<Reminder> of(PersonId person) {
        Map<UUID, Instant> last = last(person);
        Instant now = store.now();
        return store.of(person).stream()
                .map(HeldConsent::consent)
                .flatMap(consent -> consent instanceof Consent.Standing standing && !standing.hasExpired(now)
                        ? reminder(
                                standing,
                                Optional.ofNullable(last.get(grant(standing).value())),
                                now)
                                .stream()
                        : Stream.empty())
                .sorted((one, other) -> other.remindedAt().compareTo(one.remindedAt()))
                .toList();
    }

    /** The first grants after one of whose reminder there is no entry yet. */
    @Transactional
    List<GrantId> due(GrantId after, int limit) {
        var waits = catalogue.versions().stream()
                .flatMap(
                        purpose -> wait(purpose)
                                .map(wait -> row(purpose.code(), purpose.version(), DayToSecond.valueOf(wait)))
                                .stream())
                .toArray(Row3[]::new);
        return waits.length == 0 ? List.of() : due(waiting(waits), after, limit);
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Table<Record3<String, Integer, DayToSecond>> waiting(Row3<?, ?, ?>[] waits) {
        return values((Row3<String, Integer, DayToSecond>[]) waits).as("w", "code", "version", "wait");
    }

    private List<GrantId> due(Table<Record3<String, Integer, DayToSecond>> waits, GrantId after, int limit) {
        Instant now = store.now();
        Field<Instant> reminded =
                field(select(max(REMINDER.REMINDED_AT)).from(REMINDER).where(REMINDER.GRANT_ID.eq(CONSENT.GRANT_ID)));
        return sql.select(CONSENT.GRANT_ID)
                .from(CONSENT)
                .join(waits)
                .on(CONSENT.PURPOSE.eq(waits.field("code", String.class)))
                .and(CONSENT.TEMPLATE_VERSION.eq(waits.field("version", Integer.class)))
                .where(StateConditions.STANDING)
                .and(CONSENT.EXPIRES_AT.gt(now))
                .and(CONSENT.GRANT_ID.gt(after.value()))
                .and(greatest(CONSENT.DECIDED_AT, reminded)
                        .plus(waits.field("wait", DayToSecond.class))
                        .le(least(field(select(serviceTime())), val(now))))
                .orderBy(CONSENT.GRANT_ID)
                .limit(limit)
                .fetch(mapping(GrantId::new));
    }

    /** Records that a person was reminded, under the grant's lock: of two nodes that come at once, one does. */
    @Transactional
    public void record(GrantId grant) {
        Optional<Locked> locked = store.lock(grant);
        if (locked.isEmpty() || !(locked.get().consent() instanceof Consent.Standing standing)) {
            return;
        }
        Optional<Duration> wait = wait(standing);
        if (wait.isEmpty()
                || !locked.get()
                        .now()
                        .isSurelyPast(attention(standing, last(grant)).plus(wait.get()))) {
            return;
        }
        Instant now = locked.get().now().latest();
        sql.insertInto(REMINDER, REMINDER.GRANT_ID, REMINDER.LOG, REMINDER.REMINDED_AT)
                .values(grant.value(), grant.log().column(), now)
                .execute();
        ledger.append(ledger.draft(
                TransitionEvents.event(standing, EventKind.REMINDED, now, Actor.SERVICE, Reason.ACCESS_GOES_ON),
                standing.person()));
    }

    private Optional<Reminder> reminder(Consent.Standing standing, Optional<Instant> last, Instant now) {
        return wait(standing).flatMap(wait -> {
            Instant attention = attention(standing, last);
            Instant next = attention.plus(wait);
            if (!now.isBefore(next)) {
                return Optional.of(reminder(standing, next, next.plus(wait)));
            }
            return last.filter(attention::equals).map(at -> reminder(standing, at, next));
        });
    }

    private static Reminder reminder(Consent.Standing standing, Instant at, Instant next) {
        return new Reminder(
                grant(standing),
                standing.terms().clientId(),
                standing.decision().firstDecidedAt(),
                standing.expiresAt(),
                at,
                next);
    }

    /** When the person last had the grant before their eyes. */
    private static Instant attention(Consent.Standing standing, Optional<Instant> reminded) {
        Instant decided = standing.grantedAt();
        return reminded.filter(decided::isBefore).orElse(decided);
    }

    private Optional<Duration> wait(Consent.Standing standing) {
        return catalogue.purpose(standing.terms().purpose()).flatMap(Reminders::wait);
    }

    private static Optional<Duration> wait(Purpose purpose) {
        return purpose.access().remindEvery();
    }

    private static GrantId grant(Consent consent) {
        return consent.terms().grantId();
    }

    private Map<UUID, Instant> last(PersonId person) {
        return sql.select(REMINDER.GRANT_ID, max(REMINDER.REMINDED_AT))
                .from(REMINDER)
                .join(CONSENT)
                .on(REMINDER.GRANT_ID.eq(CONSENT.GRANT_ID))
                .where(CONSENT.PERSON_ID.eq(person.value()))
                .groupBy(REMINDER.GRANT_ID)
                .collect(intoMap());
    }

    private Optional<Instant> last(GrantId grant) {
        return Optional.ofNullable(sql.select(max(REMINDER.REMINDED_AT))
                .from(REMINDER)
                .where(REMINDER.GRANT_ID.eq(grant.value()))
                .fetchSingle()
                .value1());
    }
}
