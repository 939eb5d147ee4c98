package io.consentry.consent;

import static io.consentry.schema.ConsentTable.CONSENT;
import static io.consentry.schema.RevocationOrderTable.REVOCATION_ORDER;
import static io.consentry.schema.RevocationProgressTable.REVOCATION_PROGRESS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;

import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders.Progress;
import io.consentry.database.NamedLock;
import io.consentry.kernel.ClientId;
import io.consentry.key.RowSeals;
import io.consentry.schema.Sequences;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SortField;

/**
 * Orders in the database, and the lock that puts them in line with everything that happens to a single grant.
 *
 * <p>Whoever locks a grant shares the lock first, until their transaction ends; placing an order needs it alone. So an order
 * commits either before a transaction on a grant has looked, and then is seen by it, or after that transaction is over.
 * Waiters queue: a steady stream of releases cannot starve an order. One lock serves all: orders are rare, and held for the
 * time of one insert.
 */
@ApplicationScoped
class OrderStore {

    /** The least identifier of all. */
    static final UUID FIRST = new UUID(0, 0);

    private static final String LOCK = "revocation-order";
    /** The first and the last of some grants, in PostgreSQL's order of their identifiers, which is that of unsigned bytes. */
    record Span(UUID first, UUID last) {

        /** Some place in it. Identifiers begin with their time, so one that is merely random would lie before or after all. */
        UUID somewhere(RandomGenerator random) {
            long low = first.getMostSignificantBits();
            long width = last.getMostSignificantBits() - low;
            long step = width == -1 ? random.nextLong() : Long.remainderUnsigned(random.nextLong(), width + 1);
            return new UUID(low + step, 0);
        }
    }

    private final StatelessSession session;
    private final DSLContext sql;
    private final RowSeals seals;

    OrderStore(StatelessSession session, DSLContext sql, RowSeals seals) {
        this.session = session;
        this.sql = sql;
        this.seals = seals;
    }

    /** No order is placed until the caller's transaction ends; any that was placed is seen by its next statement. */
    void holdOff() {
        sql.fetchValue(NamedLock.shared(LOCK));
    }

    /** Nothing happens to a single grant until the caller's transaction ends. */
    void holdAllOff() {
        sql.fetchValue(NamedLock.of(LOCK));
    }

    /** The next order's number; in the sequence of commits, since only one order is placed at a time. */
    long nextId() {
        return sql.nextval(Sequences.REVOCATION_ORDER_ID);
    }

    /** The last order's number; 0 before the first. */
    long last() {
        return sql.select(coalesce(max(REVOCATION_ORDER.ID), inline(0L)))
                .from(REVOCATION_ORDER)
                .fetchSingle()
                .value1();
    }

    void insert(RevocationOrder order, long expected) {
        OrderRow row = OrderRow.of(order);
        seals.seal(row);
        session.insert(row);
        sql.insertInto(REVOCATION_PROGRESS, REVOCATION_PROGRESS.ORDER_ID, REVOCATION_PROGRESS.EXPECTED)
                .values(order.id(), expected)
                .execute();
    }

    /** The order; empty if there is none, or one that this service did not write as it stands. */
    Optional<RevocationOrder> find(long id) {
        return Optional.ofNullable(session.get(OrderRow.class, id))
                .filter(seals::isSound)
                .map(OrderRow::toOrder);
    }

    /** Orders whose entries are not all written, oldest first. */
    List<Long> open() {
        return sql.select(REVOCATION_PROGRESS.ORDER_ID)
                .from(REVOCATION_PROGRESS)
                .where(REVOCATION_PROGRESS.COMPLETED_AT.isNull())
                .orderBy(REVOCATION_PROGRESS.ORDER_ID)
                .fetch(REVOCATION_PROGRESS.ORDER_ID);
    }

    /** How many grants an order would end now. */
    long count(Covers covers) {
        return sql.selectCount()
                .from(CONSENT)
                .where(StateConditions.STANDING)
                .and(covered(covers))
                .fetchSingle()
                .value1();
    }

    private static Condition covered(Covers covers) {
        return switch (covers) {
            case Covers.OfClient(ClientId client) -> CONSENT.CLIENT_ID.eq(client.value());
            case Covers.OfPurpose(String code) -> CONSENT.PURPOSE.eq(code);
        };
    }

    /** Between which grants those lie that an order has ended and whose end is not written; empty if there is none. */
    Optional<Span> unwritten(RevocationOrder order) {
        return end(order, CONSENT.GRANT_ID.asc())
                .flatMap(first -> end(order, CONSENT.GRANT_ID.desc()).map(last -> new Span(first, last)));
    }

    private Optional<UUID> end(RevocationOrder order, SortField<UUID> direction) {
        return sql.select(CONSENT.GRANT_ID)
                .from(CONSENT)
                .where(StateConditions.STANDING)
                .and(covered(order.covers()))
                .and(CONSENT.ORDERS_SEEN.lt(order.id()))
                .orderBy(direction)
                .limit(1)
                .fetchOptional(CONSENT.GRANT_ID);
    }

    /** Grants that an order has ended and whose end is not written, from one on, locked for the caller. */
    List<ConsentRow> lockUnwritten(RevocationOrder order, UUID from, int limit, boolean passOverLocked) {
        return unwritten(order.covers())
                .setParameter("order", order.id())
                .setParameter("from", from)
                .setMaxResults(limit)
                .setHibernateLockMode(passOverLocked ? LockMode.UPGRADE_SKIPLOCKED : LockMode.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private SelectionQuery<ConsentRow> unwritten(Covers covers) {
        return switch (covers) {
            case Covers.OfClient(ClientId client) ->
                session.createSelectionQuery("""
                                from ConsentRow where state in ('active', 'paused') and clientId = :client
                                    and ordersSeen < :order and grantId >= :from order by grantId""", ConsentRow.class).setParameter("client", client.value());
            case Covers.OfPurpose(String code) ->
                session.createSelectionQuery("""
                                from ConsentRow where state in ('active', 'paused') and purpose = :purpose
                                    and ordersSeen < :order and grantId >= :from order by grantId""", ConsentRow.class).setParameter("purpose", code);
        };
    }

    /** Counts ends as written; the last statement of a transaction, since all who write wait for each other here. */
    void progress(RevocationOrder order, int more) {
        sql.update(REVOCATION_PROGRESS)
                .set(REVOCATION_PROGRESS.ENDED, REVOCATION_PROGRESS.ENDED.plus(more))
                .where(REVOCATION_PROGRESS.ORDER_ID.eq(order.id()))
                .execute();
    }

    void complete(RevocationOrder order, Instant at) {
        sql.update(REVOCATION_PROGRESS)
                .set(REVOCATION_PROGRESS.COMPLETED_AT, at)
                .where(REVOCATION_PROGRESS.ORDER_ID.eq(order.id()))
                .and(REVOCATION_PROGRESS.COMPLETED_AT.isNull())
                .execute();
    }

    /** How far the entries of an order are written. */
    Optional<Progress> progress(RevocationOrder order) {
        return sql.select(REVOCATION_PROGRESS.EXPECTED, REVOCATION_PROGRESS.ENDED, REVOCATION_PROGRESS.COMPLETED_AT)
                .from(REVOCATION_PROGRESS)
                .where(REVOCATION_PROGRESS.ORDER_ID.eq(order.id()))
                .fetchOptional(mapping((expected, ended, completedAt) ->
                        new Progress(order, expected, ended, Optional.ofNullable(completedAt))));
    }
}
