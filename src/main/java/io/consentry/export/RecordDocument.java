package io.consentry.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The record of one consent, by the fields of ISO/IEC TS 27560 §6.3 as far as this service knows them, and a few that other
 * consent systems found useful. Its form is {@code /schemas/consent-record.json}. Holds names of attributes, never a value.
 *
 * @param recipients who else receives what is fetched: nobody, and the empty list says so
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RecordDocument(
        @JsonProperty("$schema") String schema,
        @JsonProperty("schema_version") String schemaVersion,
        Header header,
        Principal principal,
        List<Party> parties,
        @Nullable Notice notice,
        @Nullable Purpose purpose,
        @JsonProperty("pii_information") List<Pii> piiInformation,
        List<String> recipients,
        @Nullable Access access,
        Usage usage,
        @Nullable Retention retention,
        Withdrawal withdrawal,
        @JsonProperty("privacy_rights") List<String> privacyRights,
        String jurisdiction,
        List<Decision> decisions,
        List<Event> events) {

    /** Which record, of which grant, and how it stands. {@code record_id} is null until the person has decided. */
    public record Header(
            @JsonProperty("record_id") @Nullable String recordId,
            @JsonProperty("grant_id") String grantId,
            int version,
            @JsonProperty("previous_record_id") @Nullable String previousRecordId,
            @JsonProperty("created_at") @Nullable Instant createdAt,
            String status,
            @JsonProperty("status_updated_at") @Nullable Instant statusUpdatedAt,
            @JsonProperty("exported_at") Instant exportedAt) {}

    /** Whose data it is, by the name that this client alone knows them by, and who acted for them. */
    public record Principal(
            @JsonProperty("pii_principal_id") String piiPrincipalId,
            @JsonProperty("subject_ref_kind") String subjectRefKind,
            @JsonProperty("acting_capacity") String actingCapacity) {}

    /** Somebody who takes part: {@code pii_controller}, {@code consent_service} or {@code data_source}. */
    public record Party(
            @JsonProperty("party_id") String partyId,
            @JsonProperty("party_name") String partyName,
            @JsonProperty("party_role") String partyRole,
            @JsonProperty("party_type") String partyType,
            @JsonProperty("party_contact") @Nullable String partyContact) {}

    /** The words that the person had before their eyes; the digest is null for a decision without a page. */
    public record Notice(
            String language,
            @Nullable String digest,
            @JsonProperty("digest_algorithm") String digestAlgorithm) {}

    /** Why, by which template, and on what basis. */
    public record Purpose(
            @JsonProperty("purpose_code") String purposeCode,
            @JsonProperty("template_version") int templateVersion,
            @JsonProperty("purpose_title") String purposeTitle,
            @JsonProperty("purpose_text") String purposeText,
            @JsonProperty("lawful_basis") String lawfulBasis) {}

    /**
     * One attribute.
     *
     * @param necessity {@code required} or {@code optional}
     * @param subjectDecision {@code granted}, {@code declined} or {@code undecided}
     * @param form {@code raw}: what the source holds, not derived from it
     * @param historyDepth how far back records may reach, as an ISO 8601 period
     */
    public record Pii(
            @JsonProperty("attribute_id") String attributeId,
            @JsonProperty("pii_type") String piiType,
            @JsonProperty("pii_group") String piiGroup,
            String necessity,
            @JsonProperty("subject_decision") String subjectDecision,
            String form,
            @JsonProperty("history_depth") @Nullable String historyDepth,
            String sensitivity,
            @JsonProperty("source_id") String sourceId) {}

    /** From when until when, how often, and whether while the person is away. */
    public record Access(
            @JsonProperty("valid_from") @Nullable Instant validFrom,
            @JsonProperty("valid_until") @Nullable Instant validUntil,
            @JsonProperty("fetch_type") String fetchType,
            @JsonProperty("max_releases") @Nullable Long maxReleases,
            @Nullable Frequency frequency,
            @JsonProperty("reminder_every") @Nullable String reminderEvery) {}

    /** At most so often in each period. */
    public record Frequency(long max, String per) {}

    /** What was done under it. */
    public record Usage(
            @JsonProperty("release_count") long releaseCount,
            @JsonProperty("last_release_at") @Nullable Instant lastReleaseAt) {}

    /** How long the client may keep what it fetched, and how soon it must delete it when the consent is ended early. */
    public record Retention(
            @JsonProperty("retention_period") String retentionPeriod,
            @JsonProperty("delete_within") String deleteWithin) {}

    /** How the person takes it back, and what follows. */
    public record Withdrawal(
            @JsonProperty("withdrawal_method") String withdrawalMethod,

            @JsonProperty("consequences_of_withdrawal") @Nullable String consequences) {}

    /** One decision of the person; each but the first points to the one before. */
    public record Decision(
            @JsonProperty("record_id") String recordId,
            @JsonProperty("previous_record_id") @Nullable String previousRecordId,
            int version,
            @JsonProperty("decided_at") Instant decidedAt,
            @JsonProperty("valid_until") Instant validUntil,
            List<String> granted,
            Notice notice) {}

    /** One thing that happened to it, as the ledger has it. */
    public record Event(
            @JsonProperty("event_id") String eventId,
            @JsonProperty("event_time") Instant eventTime,
            @JsonProperty("event_type") String eventType,
            @JsonProperty("entity_role") String entityRole,
            @JsonProperty("reason_code") @Nullable String reasonCode,
            SortedMap<String, String> outcomes,
            LedgerPlace ledger) {}

    /** Where its entry stands; the index is null until the log has given it one. */
    public record LedgerPlace(
            String origin,
            @Nullable Long index,
            @JsonProperty("leaf_hash") String leafHash) {}
}
