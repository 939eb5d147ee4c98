package io.consentry.notice;

import static io.consentry.schema.NoticeTable.NOTICE;
import static org.jooq.impl.DSL.selectOne;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/**
 * What a client can fetch: everything that it has not acknowledged, again and again until it has (RFC 8936 §2.4), whether it is
 * pushed as well or not.
 */
@ApplicationScoped
class Inbox {

    private final StatelessSession session;
    private final DSLContext sql;
    private final DeliverySteps steps;
    private final InstantSource clock;

    Inbox(StatelessSession session, DSLContext sql, DeliverySteps steps, InstantSource clock) {
        this.session = session;
        this.sql = sql;
        this.steps = steps;
        this.clock = clock;
    }

    /** Whether there is nothing for a client. */
    @Transactional
    boolean isEmpty(ClientId client) {
        return open(client, 1) == 0;
    }

    /** Some events, the oldest first, and whether there are others. */
    record Taken(List<Notice.Happened> some, boolean more) {}

    /**
     * Takes events to be handed out. Commit point: after it the ledger says that the client has them, though a crash may
     * keep the answer from leaving; they come again until they are acknowledged.
     */
    @Transactional
    Taken take(ClientId client, int limit) {
        Instant now = clock.instant();
        List<NoticeRow> rows = limit == 0 ? List.of() : oldest(client, limit);
        each(rows, row -> steps.send(row, now));
        boolean more = open(client, limit + 1) > rows.size();
        return new Taken(rows.stream().map(NoticeRow::happened).toList(), more);
    }

    /** The client has these. Others' events, ones it was never sent, and ones that it acknowledged before stay as they are. */
    @Transactional
    void acknowledge(ClientId client, Collection<UUID> jtis) {
        Instant now = clock.instant();
        each(named(client, jtis), row -> steps.acknowledge(row, now));
    }

    /** The client can do nothing with these, and says why. */
    @Transactional
    void refuse(ClientId client, Map<UUID, ReceiverError> errors) {
        Instant now = clock.instant();
        each(
                named(client, errors.keySet()),
                row -> steps.refuse(row, Objects.requireNonNull(errors.get(row.jti)), now));
    }

    /**
     * Person by person, and log by log: each entry waits for others of its person's, so two who take such steps in one transaction
     * take them in one order. What happened to one grant stays in its own.
     */
    private static void each(List<NoticeRow> rows, Consumer<NoticeRow> step) {
        rows.stream()
                .sorted(Comparator.comparing((NoticeRow row) -> row.personId.toString())
                        .thenComparing(row -> new GrantId(row.grantId).log().value()))
                .forEach(step);
    }

    /** There is nothing to be told any more: the person's key was erased. */
    @Transactional
    void drop(Notice.Happened erased) {
        session.createMutationQuery("delete from NoticeRow where commitmentId = :position")
                .setParameter("position", erased.position())
                .executeUpdate();
    }

    private int open(ClientId client, int limit) {
        return sql.fetchCount(selectOne()
                .from(NOTICE)
                .where(NOTICE.CLIENT_ID.eq(client.value()))
                .and(NOTICE.SETTLED_AT.isNull())
                .limit(limit));
    }

    /** Of each grant the oldest open event only: an object of tokens has no order to tell which came first. */
    private List<NoticeRow> oldest(ClientId client, int limit) {
        return session.createSelectionQuery("""
                        from NoticeRow n
                        where n.clientId = :client and n.settledAt is null
                          and not exists (
                            select 1 from NoticeRow e where e.grantId = n.grantId and e.clientId = n.clientId
                              and e.settledAt is null and e.commitmentId < n.commitmentId)
                        order by n.commitmentId""", NoticeRow.class)
                .setParameter("client", client.value())
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private List<NoticeRow> named(ClientId client, Collection<UUID> jtis) {
        return jtis.isEmpty()
                ? List.of()
                : session.createSelectionQuery("""
                                from NoticeRow where clientId = :client and settledAt is null and jti in (:jtis)
                                order by commitmentId""", NoticeRow.class)
                        .setParameter("client", client.value())
                        .setParameterList("jtis", jtis)
                        .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                        .getResultList();
    }
}
