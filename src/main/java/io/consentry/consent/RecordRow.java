package io.consentry.consent;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One decision of a grant, kept for ever as it was made. */
@Entity
@Table(name = "consent_record")
class RecordRow extends SealedRow {

    @Id
    @Column(name = "record_id")
    UUID recordId;

    @Column(name = "grant_id")
    UUID grantId;

    /** The log of its grant. */
    @Column(updatable = false)
    short log;

    @Column
    int generation;

    /** The version of the grant from which on it was in force; a record from before that was kept does not say. */
    @Column(name = "grant_version")
    @Nullable Integer grantVersion;

    @Column(name = "previous_record_id")
    @Nullable UUID previousRecordId;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "person_id")
    UUID personId;

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

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "decided_at")
    Instant decidedAt;

    @Column(name = "first_decided_at")
    Instant firstDecidedAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column
    String language;

    @Column(name = "shown_digest")
    String shownDigest;

    static RecordRow of(Terms terms, Decision decision, int grantVersion) {
        var row = new RecordRow();
        row.recordId = decision.recordId();
        row.grantId = terms.grantId().value();
        row.log = terms.grantId().log().column();
        row.generation = decision.generation();
        row.grantVersion = grantVersion;
        row.previousRecordId = decision.previous().orElse(null);
        row.clientId = terms.clientId().value();
        row.personId = decision.person().value();
        row.purpose = terms.purpose().code();
        row.templateVersion = terms.purpose().version();
        row.requested = ConsentMapping.texts(terms.requested());
        row.optional = ConsentMapping.texts(terms.optional());
        row.granted = ConsentMapping.texts(decision.granted());
        row.requestedAt = terms.requestedAt();
        row.decidedAt = decision.decidedAt();
        row.firstDecidedAt = decision.firstDecidedAt();
        row.expiresAt = decision.expiresAt();
        row.language = decision.shown().language();
        row.shownDigest = decision.shown().digest();
        return row;
    }

    /** Whether it was in force, or had been, when something happened to its grant. */
    boolean precedes(int version, Instant at) {
        return grantVersion == null ? !decidedAt.isAfter(at) : grantVersion <= version;
    }

    ConsentRecord toRecord() {
        var terms = new Terms(
                new GrantId(grantId),
                new ClientId(clientId),
                new PurposeVersion(purpose, templateVersion),
                ConsentMapping.names(requested),
                ConsentMapping.names(optional),
                requestedAt);
        var decision = new Decision(
                recordId,
                Optional.ofNullable(previousRecordId),
                generation,
                new PersonId(personId),
                ConsentMapping.names(granted),
                decidedAt,
                firstDecidedAt,
                expiresAt,
                new Shown(language, shownDigest));
        return new ConsentRecord(terms, decision);
    }
}
