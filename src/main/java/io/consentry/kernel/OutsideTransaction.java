package io.consentry.kernel;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.transaction.Status;

/** What is slow is done outside a transaction: nobody holds a database connection, or a lock, while they wait for somebody else. */
public final class OutsideTransaction {

    private OutsideTransaction() {}

    /**
     * To be called by whatever waits for a source, a client's server or a person, before it does and whether it has to wait
     * this time or not. Throws while a transaction is active, which is a fault of the program.
     */
    public static void require(String what) {
        if (Arc.container() != null && QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException(what + " may not be waited for while a transaction is open");
        }
    }
}
