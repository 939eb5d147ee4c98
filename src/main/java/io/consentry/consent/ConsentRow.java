package io.consentry.consent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of a consent. Stays in this package; {@link ConsentMapping} turns it into a {@link Consent} and back. */
@Entity
@Table(name = "consent")
class ConsentRow {

    @Id
    @Column(name = "grant_id")
    UUID grantId;

    @Column(name = "client_id")
    String clientId;

    @Column
    String purpose;

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

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "lapses_at")
    Instant lapsesAt;

    @Column(name = "presented_at")
    @Nullable Instant presentedAt;

    @Column(name = "decided_at")
    @Nullable Instant decidedAt;

    @Column(name = "expires_at")
    @Nullable Instant expiresAt;

    @Column(name = "ended_at")
    @Nullable Instant endedAt;

    @Column(name = "last_release_at")
    @Nullable Instant lastReleaseAt;

    @Column(name = "release_count")
    long releaseCount;
}
