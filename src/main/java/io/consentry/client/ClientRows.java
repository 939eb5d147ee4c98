package io.consentry.client;

import static io.consentry.schema.ClientVersionTable.CLIENT_VERSION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.consentry.database.NamedLock;
import io.consentry.kernel.ClientId;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jooq.DSLContext;

/**
 * The table {@code client}, in the caller's transaction. A row that does not carry its seal, or is older than the last version
 * that was written, is no client.
 */
@ApplicationScoped
class ClientRows {

    /** Of clients whose names look alike there are few; who asks wants to know whether there is one. */
    private static final int ALIKE = 100;

    private final StatelessSession session;
    private final DSLContext sql;
    private final RowSeals seals;

    ClientRows(StatelessSession session, DSLContext sql, RowSeals seals) {
        this.session = session;
        this.sql = sql;
        this.seals = seals;
    }

    /** The row as it is now. */
    Optional<ClientRow> find(ClientId id) {
        return Optional.ofNullable(session.get(ClientRow.class, id.value())).filter(this::isGood);
    }

    /** All rows as they are now, in the order of their identifiers. */
    List<ClientRow> all() {
        return session
                .createSelectionQuery("from ClientRow order by clientId", ClientRow.class)
                .getResultList()
                .stream()
                .filter(this::isGood)
                .toList();
    }

    /** Some of those whose names look the same, of other legal entities. */
    List<ClientRow> alike(String skeleton, String legalName) {
        return session
                .createSelectionQuery(
                        "from ClientRow where skeleton = :skeleton and legalName <> :legal order by clientId",
                        ClientRow.class)
                .setParameter("skeleton", skeleton)
                .setParameter("legal", legalName)
                .setMaxResults(ALIKE)
                .getResultList()
                .stream()
                .filter(this::isGood)
                .toList();
    }

    /**
     * The row, if there is one, good or not, that nobody else registers or changes until this transaction ends. The lock is on
     * the identifier and not on the row, so that two nodes which register the same new client do so one after the other.
     */
    Optional<ClientRow> findForChange(ClientId id) {
        sql.fetchValue(NamedLock.of("client/" + id));
        return Optional.ofNullable(session.get(ClientRow.class, id.value(), LockMode.PESSIMISTIC_WRITE));
    }

    /** Whether this service wrote the row as it stands, and nothing later. */
    boolean isGood(ClientRow row) {
        if (!seals.isSound(row)) {
            return false;
        }
        if (row.version < row.lastVersion) {
            seals.reportOld(row);
            return false;
        }
        return true;
    }

    /** Whether a good row says what it said when it was read. */
    boolean isUnchanged(ClientRow row) {
        return seals.fits(row);
    }

    void insert(ClientRow row) {
        countUp(row);
        session.insert(row);
    }

    void update(ClientRow row) {
        countUp(row);
        session.update(row);
    }

    private void countUp(ClientRow row) {
        row.version = sql.insertInto(CLIENT_VERSION, CLIENT_VERSION.CLIENT_ID, CLIENT_VERSION.VERSION)
                .select(select(
                                val(row.clientId),
                                coalesce(max(CLIENT_VERSION.VERSION), inline(0)).plus(inline(1)))
                        .from(CLIENT_VERSION)
                        .where(CLIENT_VERSION.CLIENT_ID.eq(row.clientId)))
                .returningResult(CLIENT_VERSION.VERSION)
                .fetchSingle()
                .value1();
        seals.seal(row);
    }
}
