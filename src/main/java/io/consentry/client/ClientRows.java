package io.consentry.client;

import io.consentry.kernel.ClientId;
import io.consentry.key.RowSeals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * The table {@code client}, in the caller's transaction. A row that does not carry its seal, or is older than the last version
 * that was written, is no client.
 */
@ApplicationScoped
class ClientRows {

    /** Of clients whose names look alike there are few; who asks wants to know whether there is one. */
    private static final int ALIKE = 100;

    private final StatelessSession session;
    private final RowSeals seals;

    ClientRows(StatelessSession session, RowSeals seals) {
        this.session = session;
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
        session.createNativeQuery(
                        "select pg_advisory_xact_lock(hashtextextended('client:' || :id, 0))::text", String.class)
                .setParameter("id", id.value())
                .getSingleResult();
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
        row.version = session.createNativeQuery("""
                        insert into client_version (client_id, version)
                            select :id, coalesce(max(version), 0) + 1 from client_version where client_id = :id
                        returning version""", Integer.class)
                .setParameter("id", row.clientId)
                .getSingleResult();
        seals.seal(row);
    }
}
