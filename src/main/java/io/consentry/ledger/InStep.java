package io.consentry.ledger;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.time.Duration;

/**
 * Whether the database is the one whose entries were published; implemented by whoever publishes. While it is not, nothing is appended,
 * sent or ended in its name: it is an older copy, or another one.
 */
@FunctionalInterface
public interface InStep {

    Duration RETRY = Duration.ofSeconds(30);

    boolean isInStep();

    /** Raises {@code ledger_out_of_step} unless it is. */
    default void require() {
        if (!isInStep()) {
            throw Fault.of(FaultCode.LEDGER_OUT_OF_STEP, "The database does not have what was published of the ledger.")
                    .retryingAfter(RETRY)
                    .raise();
        }
    }
}
