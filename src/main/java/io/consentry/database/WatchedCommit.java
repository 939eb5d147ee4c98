package io.consentry.database;

import io.agroal.api.transaction.TransactionAware;
import java.sql.SQLException;

/** A connection in a transaction, whose COMMIT says when it cannot tell whether it happened. */
record WatchedCommit(TransactionAware connection) implements TransactionAware {

    /**
     * Commit point. What the database refuses has not happened. When its answer is lost, or it ends the session while it
     * answers, the transaction may have been committed all the same, and nobody must say that it was not.
     */
    @Override
    public void transactionCommit() throws SQLException {
        try {
            connection.transactionCommit();
        } catch (SQLException e) {
            throw CommitInDoubtException.isRefusal(e) ? e : new CommitInDoubtException(e);
        }
    }

    @Override
    public void transactionStart() throws SQLException {
        connection.transactionStart();
    }

    @Override
    public void transactionBeforeCompletion(boolean successful) {
        connection.transactionBeforeCompletion(successful);
    }

    @Override
    public void transactionRollback() throws SQLException {
        connection.transactionRollback();
    }

    @Override
    public void transactionEnd() throws SQLException {
        connection.transactionEnd();
    }

    @Override
    public void transactionCheckCallback(SQLCallable<Boolean> check) {
        connection.transactionCheckCallback(check);
    }

    @Override
    public Object getConnection() {
        return connection.getConnection();
    }

    @Override
    public void setFlushOnly() {
        connection.setFlushOnly();
    }
}
