package io.consentry.notice;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.notice.Notice.Happened;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client is told, and how far that has got. Taken over from the ledger's outbox by {@link Arrivals}. */
@Entity
@Table(name = "notice")
class NoticeRow {

    @Id
    @Column(name = "commitment_id")
    long commitmentId;

    @Column
    UUID jti;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "grant_id")
    UUID grantId;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "grant_version")
    int grantVersion;

    @Column
    String kind;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Column
    int attempts;

    @Column(name = "first_tried_at")
    @Nullable Instant firstTriedAt;

    @Column(name = "due_at")
    @Nullable Instant dueAt;

    @Column(name = "sent_at")
    @Nullable Instant sentAt;

    @Column(name = "settled_at")
    @Nullable Instant settledAt;

    @Column
    @Nullable String error;

    Happened happened() {
        return new Happened(
                commitmentId,
                jti,
                new ClientId(clientId),
                new GrantId(grantId),
                new PersonId(personId),
                grantVersion,
                EventKind.ofWire(kind),
                occurredAt);
    }

    Notice toNotice() {
        if (sentAt == null) {
            return new Notice.Queued(happened());
        }
        if (settledAt == null) {
            return new Notice.Sent(happened(), sentAt);
        }
        return error == null
                ? new Notice.Acknowledged(happened(), sentAt, settledAt)
                : new Notice.Refused(happened(), sentAt, ReceiverError.ofWire(error), settledAt);
    }

    /** Writes what the step adds. */
    void apply(Notice next) {
        switch (next) {
            case Notice.Queued queued -> {}
            case Notice.Sent sent -> sentAt = sent.sentAt();
            case Notice.Acknowledged acknowledged -> {
                settledAt = acknowledged.at();
                error = null;
            }
            case Notice.Refused refused -> {
                settledAt = refused.at();
                error = refused.error().wire();
            }
        }
    }
}
