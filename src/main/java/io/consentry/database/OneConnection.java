package io.consentry.database;

import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Makes it impossible to hold a connection and wait for another: no connection without a transaction, which gives it back,
 * and no second one for a thread that has one, as for a transaction inside another. Both are faults of the program; they
 * throw before anything is waited for, in production as in tests.
 *
 * <p>Agroal's own strict settings look alike and are not used: its requirement of a transaction is judged after a connection
 * was waited for, and gives back one that another thread may have taken meanwhile.
 */
final class OneConnection implements TransactionIntegration {

    private final TransactionIntegration narayana;
    private final TransactionManager transactions;
    private final Map<TransactionAware, Thread> holders = new ConcurrentHashMap<>();
    private volatile boolean enforced;

    OneConnection(TransactionIntegration narayana, TransactionManager transactions) {
        this.narayana = narayana;
        this.transactions = transactions;
    }

    void enforce() {
        enforced = true;
    }

    /** The connection of the current transaction, which the pool asks for first. */
    @Override
    public @Nullable TransactionAware getTransactionAware() throws SQLException {
        if (narayana.getTransactionAware() instanceof WatchedCommit held) {
            return held.connection();
        }
        if (enforced) {
            requireTransaction();
            requireNoOther();
        }
        return null;
    }

    private void requireTransaction() {
        if (!isInTransaction()) {
            throw new IllegalStateException("the database was asked outside a transaction");
        }
    }

    private void requireNoOther() {
        if (holders.containsValue(Thread.currentThread())) {
            throw new IllegalStateException("a thread that holds a database connection asked for a second");
        }
    }

    @Override
    public void associate(TransactionAware connection, @Nullable XAResource xaResource) throws SQLException {
        narayana.associate(new WatchedCommit(connection), xaResource);
        if (isInTransaction()) {
            holders.put(connection, Thread.currentThread());
        }
    }

    @Override
    public boolean disassociate(TransactionAware connection) throws SQLException {
        holders.remove(connection);
        return narayana.disassociate(connection);
    }

    private boolean isInTransaction() {
        try {
            int status = transactions.getStatus();
            return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
        } catch (SystemException e) {
            throw new IllegalStateException("the transaction manager does not answer", e);
        }
    }

    @Override
    public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        narayana.addResourceRecoveryFactory(factory);
    }

    @Override
    public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {
        narayana.removeResourceRecoveryFactory(factory);
    }
}
