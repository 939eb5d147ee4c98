package io.consentry.obligation;

import io.consentry.consent.Ending;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** The row of an obligation; one for each grant at most, since a grant ends once. */
@Entity
@Table(name = "obligation")
class ObligationRow extends SealedRow {

    @Id
    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    @Column(name = "record_id")
    UUID recordId;

    @Column(name = "grant_version")
    int grantVersion;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "person_id")
    UUID personId;

    @Column
    String ending;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "last_release_at")
    Instant lastReleaseAt;

    @Column(name = "due_at")
    Instant dueAt;

    /** As it was last written: {@code open} also for one that is overdue and whose entry is not written. */
    @Column
    String state;

    @Column(name = "attested_at")
    @Nullable Instant attestedAt;

    @Column(name = "deleted_at")
    @Nullable Instant deletedAt;

    @Column
    @Nullable String kept;

    @Column(name = "attestation_digest")
    @Nullable String attestationDigest;

    /** When this was read. */
    @Formula("service_time()")
    Instant readAt;

    static ObligationRow of(Owed owed) {
        var row = new ObligationRow();
        row.grantId = owed.grantId().value();
        row.log = owed.grantId().log().column();
        row.recordId = owed.recordId();
        row.grantVersion = owed.version();
        row.clientId = owed.clientId().value();
        row.personId = owed.person().value();
        row.ending = owed.ending().name();
        row.endedAt = owed.endedAt();
        row.lastReleaseAt = owed.lastReleaseAt();
        row.dueAt = owed.dueAt();
        row.state = ObligationState.OPEN.wire();
        return row;
    }

    void apply(Obligation next) {
        state = next.state().wire();
        if (next instanceof Obligation.Met met) {
            Attestation attestation = met.attestation();
            attestedAt = attestation.attestedAt();
            deletedAt = attestation.deletedAt();
            kept = attestation.kept().map(RetentionGround::wire).orElse(null);
            attestationDigest = attestation.digest();
        }
    }

    ObligationState state() {
        return ObligationState.ofWire(state);
    }

    Owed owed() {
        return new Owed(
                new GrantId(grantId),
                recordId,
                grantVersion,
                new ClientId(clientId),
                new PersonId(personId),
                Ending.valueOf(ending),
                endedAt,
                lastReleaseAt,
                dueAt);
    }

    Attestation attestation() {
        return new Attestation(
                Objects.requireNonNull(attestedAt),
                Objects.requireNonNull(deletedAt),
                Optional.ofNullable(kept).flatMap(RetentionGround::ofWire),
                Objects.requireNonNull(attestationDigest));
    }
}
