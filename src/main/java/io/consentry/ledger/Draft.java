package io.consentry.ledger;

import io.consentry.kernel.PersonId;
import java.util.Base64;
import java.util.Optional;

/**
 * An event ready to be appended: committed to and sealed, but not yet in the ledger. Made before the transaction that
 * appends it, so that no cryptography happens under a lock.
 */
public final class Draft {

    private final LedgerEvent event;
    private final Optional<PersonId> person;
    private final Commitment commitment;
    private final byte[] sealed;

    Draft(LedgerEvent event, Optional<PersonId> person, Commitment commitment, byte[] sealed) {
        this.event = event;
        this.person = person;
        this.commitment = commitment;
        this.sealed = sealed;
    }

    public LedgerEvent event() {
        return event;
    }

    /** The leaf hash in base64, by which the entry is found in the log: the ticket that a client keeps. */
    public String leafHash() {
        return Base64.getEncoder().encodeToString(commitment.leafHash());
    }

    Optional<PersonId> person() {
        return person;
    }

    byte[] entry() {
        return commitment.entry();
    }

    byte[] sealed() {
        return sealed;
    }
}
