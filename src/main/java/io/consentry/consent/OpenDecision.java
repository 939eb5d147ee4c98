package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What lies before the very person who may decide on it, for a new grant or to amend one of theirs, under the lock of the grant's row:
 * approved or refused once, in the transaction that put it before them. Kept beyond that it refuses, since the lock that it speaks of
 * is gone.
 */
public final class OpenDecision {

    private final TransactionSynchronizationRegistry transactions;
    private final Object transaction;
    private final Terms terms;
    private final Function<Approval, Decision> approve;
    private final Runnable refuse;
    private boolean decided;

    /**
     * In the current transaction, which must hold the lock.
     *
     * @param approve makes the decision; what it declines was found to be optional
     */
    OpenDecision(
            TransactionSynchronizationRegistry transactions,
            Terms terms,
            Function<Approval, Decision> approve,
            Runnable refuse) {
        this.transactions = transactions;
        this.transaction = Objects.requireNonNull(transactions.getTransactionKey());
        this.terms = terms;
        this.approve = approve;
        this.refuse = refuse;
    }

    /** What a person approves: less what they decline, for how long, and what they had read. */
    public record Approval(Set<AttributeName> declined, Duration accessPeriod, Shown shown) {}

    /** What is asked for. */
    public Terms terms() {
        return terms;
    }

    /** Approved: the decision that is in force from now on. Empty, and nothing was decided, if more is declined than may be. */
    public Optional<Decision> approve(Approval approval) {
        if (!terms.optional().containsAll(approval.declined())) {
            return Optional.empty();
        }
        decide();
        return Optional.of(approve.apply(approval));
    }

    /** Not approved; a grant that it was to amend is as it was. */
    public void refuse() {
        decide();
        refuse.run();
    }

    private void decide() {
        if (decided || !transaction.equals(transactions.getTransactionKey())) {
            throw new IllegalStateException(
                    "a decision is made once, in the transaction that put it before the person");
        }
        decided = true;
    }
}
