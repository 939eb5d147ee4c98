package io.consentry.notice;

import static io.consentry.schema.NoticeTable.NOTICE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.schema.NoticeTable;
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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * What is to be pushed. A node claims an event for as long as a push can take, pushes it outside any transaction, and says
 * what came of it. A node that dies in between leaves a claim that runs out: the event is pushed again, under the same
 * {@code jti}.
 */
@ApplicationScoped
class Outbox {

    /** Longer than a push can take, so that nobody else pushes the same event meanwhile. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private final StatelessSession session;
    private final DSLContext sql;
    private final DeliverySteps steps;
    private final NoticeSettings settings;
    private final InstantSource clock;
    private final Backoff backoff;

    Outbox(
            StatelessSession session,
            DSLContext sql,
            DeliverySteps steps,
            NoticeSettings settings,
            InstantSource clock) {
        this.session = session;
        this.sql = sql;
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
        NoticeTable n = NOTICE.as("n");
        var due = name("due")
                .as(select(n.COMMITMENT_ID)
                        .from(n)
                        .where(n.CLIENT_ID.eq(client.value()))
                        .and(isDue(n, val(now)))
                        .orderBy(n.DUE_AT, n.COMMITMENT_ID)
                        .limit(limit)
                        .forUpdate()
                        .of(n)
                        .skipLocked());
        return sql.with(due)
                .update(NOTICE)
                .set(NOTICE.DUE_AT, now.plus(LEASE))
                .set(NOTICE.ATTEMPTS, NOTICE.ATTEMPTS.plus(1))
                .set(NOTICE.FIRST_TRIED_AT, coalesce(NOTICE.FIRST_TRIED_AT, now))
                .from(due)
                .where(NOTICE.COMMITMENT_ID.eq(due.field(n.COMMITMENT_ID)))
                .returningResult(
                        NOTICE.COMMITMENT_ID,
                        NOTICE.JTI,
                        NOTICE.CLIENT_ID.convertFrom(ClientId::new),
                        NOTICE.GRANT_ID.convertFrom(GrantId::new),
                        NOTICE.PERSON_ID.convertFrom(PersonId::new),
                        NOTICE.GRANT_VERSION,
                        NOTICE.KIND.convertFrom(EventKind::ofWire),
                        NOTICE.OCCURRED_AT,
                        NOTICE.ATTEMPTS)
                .fetch(mapping((position, jti, to, grant, person, version, kind, at, attempt) ->
                        new Claim(new Notice.Happened(position, jti, to, grant, person, version, kind, at), attempt)));
    }

    /**
     * Whether an event can be pushed at a time. Of each grant that is the oldest open one only: what came later waits for it, until it is
     * settled or given up.
     */
    static Condition isDue(NoticeTable n, Field<Instant> now) {
        NoticeTable earlier = NOTICE.as("e");
        return n.SETTLED_AT
                .isNull()
                .and(n.DUE_AT.le(now))
                .andNotExists(selectOne()
                        .from(earlier)
                        .where(earlier.GRANT_ID.eq(n.GRANT_ID))
                        .and(earlier.CLIENT_ID.eq(n.CLIENT_ID))
                        .and(earlier.SETTLED_AT.isNull())
                        .and(earlier.DUE_AT.isNotNull())
                        .and(earlier.COMMITMENT_ID.lt(n.COMMITMENT_ID)));
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
