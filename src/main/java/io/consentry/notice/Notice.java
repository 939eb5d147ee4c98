package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a grant, on its way to the grant's client:
 *
 * <pre>
 * Queued ─► Sent ─► Acknowledged
 *              └──► Refused
 * </pre>
 *
 * Each step is taken once, whatever comes twice.
 */
sealed interface Notice {

    Happened happened();

    /**
     * What happened, as far as the outbox knows it.
     *
     * @param position of its entry in the ledger
     * @param jti the id of the event and of its token
     * @param version the version of the grant that it made
     */
    record Happened(
            long position,
            UUID jti,
            ClientId client,
            GrantId grant,
            PersonId person,
            int version,
            EventKind kind,
            Instant at) {}

    /** Nobody has it yet. */
    record Queued(Happened happened) implements Notice {

        Sent send(Instant at) {
            return new Sent(happened, at);
        }
    }

    /** The client has it, and has not said so. */
    record Sent(Happened happened, Instant sentAt) implements Notice {

        Acknowledged acknowledge(Instant at) {
            return new Acknowledged(happened, sentAt, at);
        }

        Refused refuse(ReceiverError error, Instant at) {
            return new Refused(happened, sentAt, error, at);
        }
    }

    /** The client has it, and says so. */
    record Acknowledged(Happened happened, Instant sentAt, Instant at) implements Notice {}

    /** The client has it, and says that it can do nothing with it. */
    record Refused(Happened happened, Instant sentAt, ReceiverError error, Instant at) implements Notice {}
}
