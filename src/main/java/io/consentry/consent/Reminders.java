package io.consentry.consent;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

/**
 * Reminds people of grants that live long: as often as the template says, 90 days at the rarest, counted from the decision
 * in force and from the last reminder. Whether one is due is judged from the tables whenever somebody looks; the entry
 * follows within the minute. A reminder is shown on the person's pages: there is no other way to them yet.
 */
@ApplicationScoped
public class Reminders {

    private static final String LAST = """
            select r.grant_id, max(r.reminded_at) from reminder r join consent c using (grant_id)
            where c.person_id = :person group by r.grant_id""";

    private static final String DUE = """
            select c.grant_id from consent c
            join unnest(cast(:codes as text[]), cast(:versions as integer[]), cast(:seconds as bigint[]))
                as t(code, version, wait) on c.purpose = t.code and c.template_version = t.version
            left join lateral (select max(r.reminded_at) as last from reminder r where r.grant_id = c.grant_id) as l
                on true
            where c.state in ('active', 'paused') and c.expires_at > :now and c.grant_id > :after
              and greatest(c.decided_at, l.last) + make_interval(secs => t.wait) <= least((select service_time()), :now)
            order by c.grant_id limit :limit""";

    private final ConsentStore store;
    private final StatelessSession session;
    private final Catalogue catalogue;
    private final Ledger ledger;

    Reminders(ConsentStore store, StatelessSession session, Catalogue catalogue, Ledger ledger) {
        this.store = store;
        this.session = session;
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
        List<Purpose> reminding = catalogue.versions().stream()
                .filter(purpose -> purpose.access().remindEvery().isPresent())
                .toList();
        return session
                .createNativeQuery(DUE, UUID.class)
                .setParameter("codes", reminding.stream().map(Purpose::code).toArray(String[]::new))
                .setParameter(
                        "versions", reminding.stream().map(Purpose::version).toArray(Integer[]::new))
                .setParameter(
                        "seconds",
                        reminding.stream()
                                .map(purpose -> wait(purpose).orElseThrow().toSeconds())
                                .toArray(Long[]::new))
                .setParameter("now", store.now())
                .setParameter("after", after.value())
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(GrantId::new)
                .toList();
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
        session.createNativeMutationQuery(
                        "insert into reminder (grant_id, log, reminded_at) values (:grant, :log, :now)")
                .setParameter("grant", grant.value())
                .setParameter("log", grant.log().column())
                .setParameter("now", now)
                .executeUpdate();
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
        var last = new HashMap<UUID, Instant>();
        session.createNativeQuery(LAST, Object[].class)
                .setParameter("person", person.value())
                .getResultList()
                .forEach(row -> last.put((UUID) row[0], (Instant) row[1]));
        return last;
    }

    private Optional<Instant> last(GrantId grant) {
        return Optional.ofNullable(session.createNativeQuery(
                        "select max(reminded_at) from reminder where grant_id = :grant", Instant.class)
                .setParameter("grant", grant.value())
                .getSingleResultOrNull());
    }
}
