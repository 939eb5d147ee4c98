package io.consentry.notice;

import io.consentry.kernel.ClientId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * What is to be pushed. A node claims an event for as long as a push can take, pushes it outside any transaction, and says
 * what came of it. A node that dies in between leaves a claim that runs out: the event is pushed again, under the same
 * {@code jti}.
 */
@ApplicationScoped
class Outbox {

    /** Longer than a push can take, so that nobody else pushes the same event meanwhile. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** Of each grant the oldest open event only: what came later waits for it, until it is settled or given up. */
    private static final String CLAIM = """
            with due as (
                select n.commitment_id from notice n
                where n.client_id = :client and n.settled_at is null and n.due_at <= :now
                  and not exists (
                    select from notice e where e.grant_id = n.grant_id and e.client_id = n.client_id
                      and e.settled_at is null and e.due_at is not null and e.commitment_id < n.commitment_id)
                order by n.due_at, n.commitment_id
                limit :limit
                for update of n skip locked)
            update notice n
            set due_at = :lease, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, :now)
            from due where n.commitment_id = due.commitment_id
            returning n.*""";

    private final StatelessSession session;
    private final DeliverySteps steps;
    private final NoticeSettings settings;
    private final InstantSource clock;
    private final Backoff backoff;

    Outbox(StatelessSession session, DeliverySteps steps, NoticeSettings settings, InstantSource clock) {
        this.session = session;
        this.steps = steps;
        this.settings = settings;
        this.clock = clock;
        this.backoff = new Backoff(settings.firstRetry(), settings.longestRetry());
    }

    /** A claimed event, with the number of this attempt: whoever claims it later has a higher one. */
    record Claim(Notice.Happened happened, int attempt) {}

    /** Claims events of a client, each of another grant. */
    @Transactional
    List<Claim> claim(ClientId client, int limit) {
        Instant now = clock.instant();
        return session
                .createNativeQuery(CLAIM, NoticeRow.class)
                .setParameter("client", client.value())
                .setParameter("now", now)
                .setParameter("lease", now.plus(LEASE))
                .setParameter("limit", limit)
                .getResultList()
                .stream()
                .map(row -> new Claim(row.happened(), row.attempts))
                .toList();
    }

    /**
     * Writes down what came of a push. Commit point: before it the event counts as not pushed and will be again; after it
     * the ledger knows that the client has it.
     */
    @Transactional
    void settle(Claim claim, PushResult result) {
        NoticeRow row = session.get(NoticeRow.class, claim.happened().position(), LockMode.PESSIMISTIC_WRITE);
        if (row == null || row.settledAt != null) {
            return;
        }
        Instant now = clock.instant();
        switch (result) {
            case PushResult.Accepted accepted -> {
                steps.send(row, now);
                steps.acknowledge(row, now);
            }
            case PushResult.Rejected(ReceiverError error) -> {
                steps.send(row, now);
                if (error.mayPass()) {
                    row.error = error.wire();
                    retry(claim, row, now);
                } else {
                    steps.refuse(row, error, now);
                }
            }
            case PushResult.Unclear unclear -> {
                steps.send(row, now);
                retry(claim, row, now);
            }
            case PushResult.Unanswered unanswered -> retry(claim, row, now);
            case PushResult.Erased erased -> session.delete(row);
        }
    }

    private void retry(Claim claim, NoticeRow row, Instant now) {
        if (row.attempts != claim.attempt()) {
            return; // Another node has claimed it since.
        }
        Instant first =
                Objects.requireNonNullElse(row.firstTriedAt, now); // a node whose clock is behind may bring it forward
        boolean patient = now.isBefore(first.plus(settings.pushFor()));
        row.dueAt = patient
                ? now.plus(backoff.after(
                        claim.attempt(), ThreadLocalRandom.current().nextDouble()))
                : null;
        session.update(row);
    }
}
