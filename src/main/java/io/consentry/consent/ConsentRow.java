package io.consentry.consent;

import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** The row of a grant: where it stands now. Stays in this package; {@link ConsentMapping} turns it into a {@link Consent}. */
@Entity
@Table(name = "consent")
class ConsentRow extends SealedRow {

    @Id
    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    @Column(name = "client_id")
    String clientId;

    @Column
    String purpose;

    @Column(name = "template_version")
    int templateVersion;

    @Column
    String[] requested;

    @Column
    String[] optional;

    @Column
    String[] granted;

    @Column(name = "person_id")
    @Nullable UUID personId;

    @Column
    String state;

    @Column
    int version;

    @Column(name = "record_id")
    @Nullable UUID recordId;

    @Column(name = "previous_record_id")
    @Nullable UUID previousRecordId;

    @Column
    int generation;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "lapses_at")
    Instant lapsesAt;

    @Column(name = "presented_at")
    @Nullable Instant presentedAt;

    @Column(name = "first_decided_at")
    @Nullable Instant firstDecidedAt;

    @Column(name = "decided_at")
    @Nullable Instant decidedAt;

    @Column(name = "expires_at")
    @Nullable Instant expiresAt;

    @Column(name = "paused_at")
    @Nullable Instant pausedAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column
    @Nullable String language;

    @Column(name = "shown_digest")
    @Nullable String shownDigest;

    @Column(name = "last_release_at")
    @Nullable Instant lastReleaseAt;

    @Column(name = "release_count")
    long releaseCount;

    @Column(name = "usage_window")
    long usageWindow;

    @Column(name = "used_in_window")
    long usedInWindow;

    /** The last order that there was when the grant was given: only later ones cover it. */
    @Column(name = "orders_seen")
    long ordersSeen;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;

    /** The highest version of this grant that the ledger knows. */
    @Formula("ledger_version(grant_id)")
    int recordedVersion;

    /** The last use of this grant that the ledger knows. */
    @Formula("ledger_step(grant_id)")
    long recordedUses;

    /** The order that has ended this grant, if it was given: the first since then that covers it. */
    @Formula("""
            (select min(o.id) from revocation_order o
             where o.id > orders_seen and (o.client_id = client_id or o.purpose = purpose))""")
    @Nullable Long endedByOrder;

    /** Whether, by what was last written, the grant was given and has not ended. */
    boolean isStanding() {
        return state.equals(Status.ACTIVE.wire()) || state.equals(Status.PAUSED.wire());
    }
}
