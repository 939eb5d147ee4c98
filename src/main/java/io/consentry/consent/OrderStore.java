package io.consentry.consent;

import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.database.NamedLock;
import io.consentry.kernel.ClientId;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.jooq.DSLContext;

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
    private static final String STANDING = " from ConsentRow where state in ('active', 'paused') and ";
    private static final String UNWRITTEN = " and ordersSeen < :order and grantId >= :from order by grantId";

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
        return session.createNativeQuery("select nextval('revocation_order_id')", Long.class)
                .getSingleResult();
    }

    /** The last order's number; 0 before the first. */
    long last() {
        return session.createNativeQuery("select coalesce(max(id), 0) from revocation_order", Long.class)
                .getSingleResult();
    }

    void insert(RevocationOrder order, long expected) {
        OrderRow row = OrderRow.of(order);
        seals.seal(row);
        session.insert(row);
        session.createNativeMutationQuery(
                        "insert into revocation_progress (order_id, expected) values (:id, :expected)")
                .setParameter("id", order.id())
                .setParameter("expected", expected)
                .executeUpdate();
    }

    /** The order; empty if there is none, or one that this service did not write as it stands. */
    Optional<RevocationOrder> find(long id) {
        return Optional.ofNullable(session.get(OrderRow.class, id))
                .filter(seals::isSound)
                .map(OrderRow::toOrder);
    }

    /** Orders whose entries are not all written, oldest first. */
    List<Long> open() {
        return session.createNativeQuery(
                        "select order_id from revocation_progress where completed_at is null order by order_id",
                        Long.class)
                .getResultList();
    }

    /** How many grants an order would end now. */
    long count(Covers covers) {
        return covering("select count(*)", covers, "", Long.class).getSingleResult();
    }

    /** Between which grants those lie that an order has ended and whose end is not written; empty if there is none. */
    Optional<Span> unwritten(RevocationOrder order) {
        return end(order, "").flatMap(first -> end(order, " desc").map(last -> new Span(first, last)));
    }

    private Optional<UUID> end(RevocationOrder order, String direction) {
        return covering("select grantId", order.covers(), UNWRITTEN + direction, UUID.class)
                .setParameter("order", order.id())
                .setParameter("from", FIRST)
                .setMaxResults(1)
                .uniqueResultOptional();
    }

    /** Grants that an order has ended and whose end is not written, from one on, locked for the caller. */
    List<ConsentRow> lockUnwritten(RevocationOrder order, UUID from, int limit, boolean passOverLocked) {
        return covering("", order.covers(), UNWRITTEN, ConsentRow.class)
                .setParameter("order", order.id())
                .setParameter("from", from)
                .setMaxResults(limit)
                .setHibernateLockMode(passOverLocked ? LockMode.UPGRADE_SKIPLOCKED : LockMode.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private <T> SelectionQuery<T> covering(String select, Covers covers, String tail, Class<T> type) {
        return switch (covers) {
            case Covers.OfClient(ClientId client) ->
                session.createSelectionQuery(select + STANDING + "clientId = :client" + tail, type)
                        .setParameter("client", client.value());
            case Covers.OfPurpose(String code) ->
                session.createSelectionQuery(select + STANDING + "purpose = :purpose" + tail, type)
                        .setParameter("purpose", code);
        };
    }

    /** Counts ends as written; the last statement of a transaction, since all who write wait for each other here. */
    void progress(RevocationOrder order, int more) {
        session.createNativeMutationQuery("update revocation_progress set ended = ended + :more where order_id = :id")
                .setParameter("more", more)
                .setParameter("id", order.id())
                .executeUpdate();
    }

    void complete(RevocationOrder order, Instant at) {
        session.createNativeMutationQuery(
                        "update revocation_progress set completed_at = :at where order_id = :id and completed_at is null")
                .setParameter("at", at)
                .setParameter("id", order.id())
                .executeUpdate();
    }

    /** How far the entries of an order are written. */
    Optional<Object[]> progress(long id) {
        return session.createNativeQuery(
                        "select expected, ended, completed_at from revocation_progress where order_id = :id",
                        Object[].class)
                .setParameter("id", id)
                .uniqueResultOptional();
    }
}
