package io.consentry.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record in JSON-LD by ISO/IEC TS 27560, in the terms of the Data Privacy Vocabulary as the guide "Consent records and
 * receipts as per ISO/IEC TS 27560" maps them (profile {@code dpv-27560#record}). The context stands in the document, so that it
 * can be read without asking anybody. What DPV has no word for is a term of our own, {@code cx:}.
 */
final class LinkedRecord {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record";

    /** What each edge of a life makes of the consent; events that are no edge of it are left out. */
    private static final Map<String, String> STATUS_AFTER = Map.ofEntries(
            Map.entry("requested", "dpv:ConsentRequested"),
            Map.entry("presented", "dpv:ConsentRequested"),
            Map.entry("granted", "dpv:ConsentGiven"),
            Map.entry("resumed", "dpv:ConsentGiven"),
            Map.entry("amended", "dpv:RenewedConsentGiven"),
            Map.entry("paused", "cx:ConsentPaused"),
            Map.entry("refused", "dpv:ConsentRefused"),
            Map.entry("lapsed", "dpv:ConsentRequestDeferred"),
            Map.entry("withdrawn", "dpv:ConsentWithdrawn"),
            Map.entry("revoked", "dpv:ConsentRevoked"),
            Map.entry("relinquished", "dpv:ConsentRevoked"),
            Map.entry("invalidated", "dpv:ConsentInvalidated"),
            Map.entry("expired", "dpv:ConsentExpired"),
            Map.entry("exhausted", "dpv:ConsentExpired"));

    private final RecordDocument record;
    private final String base;

    private LinkedRecord(RecordDocument record, String base) {
        this.record = record;
        this.base = base;
    }

    static ObjectNode of(RecordDocument record, String base) {
        return new LinkedRecord(record, base).document();
    }

    private ObjectNode document() {
        var header = record.header();
        String id = Optional.ofNullable(header.recordId()).orElse(header.grantId());
        ObjectNode node = JSON.createObjectNode();
        node.set("@context", context());
        node.put("@id", "urn:uuid:" + id)
                .put("@type", "dpv:ConsentRecord")
                .put("dct:identifier", id)
                .put("dpv:hasIdentifier", "urn:uuid:" + id);
        node.putArray("dct:conformsTo").add(PROFILE).add(base + SchemaResource.PATH + Schema.LINKED.file());
        node.put("dct:hasVersion", String.valueOf(header.version())).put("cx:grant", "urn:uuid:" + header.grantId());
        put(node, "dct:replaces", urn(header.previousRecordId()));
        put(node, "dct:created", header.createdAt());
        put(node, "dct:modified", header.statusUpdatedAt());
        put(node, "dct:issued", header.exportedAt());
        node.set("dpv:hasDataSubject", subject());
        node.put("dpv:hasDataController", controllerId())
                .put("dpv:hasJurisdiction", "loc:SG")
                .put("dpv:hasLegalBasis", "dpv:ExplicitlyExpressedConsent");
        notice().ifPresent(notice -> node.set("dpv:hasNotice", notice));
        node.set("dpv:hasProcess", process());
        node.set("dpv:hasConsentControl", withdrawal());
        node.set("dpv:hasRight", rights());
        node.set("dpv:hasEntity", entities());
        node.set("dpv:hasConsentStatus", statuses());
        node.set("cx:hasDecision", decisions());
        node.set("cx:hasEvent", events());
        return node;
    }

    private ObjectNode context() {
        ObjectNode context = JSON.createObjectNode()
                .put("dpv", "https://w3id.org/dpv#")
                .put("loc", "https://w3id.org/dpv/loc#")
                .put("dct", "http://purl.org/dc/terms/")
                .put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
                .put("schema", "https://schema.org/")
                .put("xsd", "http://www.w3.org/2001/XMLSchema#")
                .put("cx", base + "/schemas/terms#");
        for (String property : List.of(
                "dct:conformsTo",
                "dct:replaces",
                "dpv:hasDataController",
                "dpv:hasJurisdiction",
                "dpv:hasLegalBasis",
                "dpv:hasRecipient",
                "dpv:hasDataSource",
                "dpv:hasNecessity",
                "dpv:isIndicatedBy",
                "dpv:hasProcessing",
                "dpv:hasPurposeType",
                "cx:grant",
                "schema:url")) {
            context.putObject(property).put("@type", "@id");
        }
        for (String property : List.of(
                "dct:created", "dct:modified", "dct:issued", "dct:date", "dct:valid", "dpv:isIndicatedAtTime")) {
            context.putObject(property).put("@type", "xsd:dateTime");
        }
        return context;
    }

    private ObjectNode subject() {
        return JSON.createObjectNode()
                .put("@id", "urn:uuid:" + record.principal().piiPrincipalId())
                .put("@type", "dpv:DataSubject")
                .put("cx:actingCapacity", record.principal().actingCapacity());
    }

    private String controllerId() {
        return record.parties().stream()
                .filter(party -> party.partyRole().equals("pii_controller"))
                .findFirst()
                .map(this::iri)
                .orElse("cx:unknown");
    }

    private Optional<ObjectNode> notice() {
        return Optional.ofNullable(record.notice()).map(this::notice);
    }

    private ObjectNode notice(RecordDocument.Notice notice) {
        ObjectNode node =
                JSON.createObjectNode().put("@type", "dpv:ConsentNotice").put("dct:language", notice.language());
        if (notice.digest() != null) {
            node.put("cx:sha256", notice.digest());
        }
        return node;
    }

    private ObjectNode process() {
        ObjectNode process = JSON.createObjectNode().put("@type", "dpv:Process");
        process.put("dpv:hasDataController", controllerId());
        var purpose = record.purpose();
        if (purpose != null) {
            process.putObject("dpv:hasPurpose")
                    .put("@type", "dpv:Purpose")
                    .put("@id", base + "/schemas/purposes#" + purpose.purposeCode() + "-" + purpose.templateVersion())
                    .put("dct:title", purpose.purposeTitle())
                    .put("dct:description", purpose.purposeText());
        }
        process.putArray("dpv:hasProcessing").add("dpv:Collect").add("dpv:Store");
        process.putArray("dpv:hasRecipient").add(controllerId());
        ArrayNode data = process.putArray("dpv:hasPersonalData");
        record.piiInformation().stream().map(this::personalData).forEach(data::add);
        process.set("dpv:hasStorageCondition", storage());
        access(process);
        return process;
    }

    private ObjectNode personalData(RecordDocument.Pii pii) {
        ObjectNode node = JSON.createObjectNode();
        node.put("@id", base + "/schemas/attributes#" + pii.attributeId());
        ArrayNode types = node.putArray("@type").add("dpv:PersonalData");
        if (pii.sensitivity().equals("high")) {
            types.add("dpv:SensitivePersonalData");
        }
        node.put("dct:identifier", pii.attributeId())
                .put("dct:title", pii.piiType())
                .put("dpv:hasNecessity", pii.necessity().equals("required") ? "dpv:Required" : "dpv:Optional")
                .put("dpv:hasSensitivityLevel", pii.sensitivity())
                .put("dpv:hasDataSource", source(pii.sourceId()))
                .put("cx:decision", pii.subjectDecision())
                .put("cx:form", pii.form());
        if (pii.historyDepth() != null) {
            node.put("cx:historyDepth", pii.historyDepth());
        }
        return node;
    }

    private ArrayNode storage() {
        ArrayNode conditions = JSON.createArrayNode();
        var retention = record.retention();
        if (retention != null) {
            conditions
                    .addObject()
                    .put("@type", "dpv:StorageDuration")
                    .set("dpv:hasDuration", span(retention.retentionPeriod()));
            conditions
                    .addObject()
                    .put("@type", "dpv:StorageDeletion")
                    .set("dpv:hasDuration", span(retention.deleteWithin()));
        }
        return conditions;
    }

    private void access(ObjectNode process) {
        var access = record.access();
        if (access == null) {
            return;
        }
        put(process, "dct:valid", access.validUntil());
        ObjectNode frequency = process.putObject("dpv:hasFrequency");
        var most = access.frequency();
        if (most != null) {
            frequency.put("@type", "dpv:Frequency").put("cx:atMost", most.max()).put("cx:per", most.per());
        } else if (access.maxReleases() != null) {
            frequency
                    .put("@type", access.maxReleases() == 1 ? "dpv:SingularFrequency" : "dpv:Frequency")
                    .put("cx:atMost", access.maxReleases());
        } else {
            frequency.put("@type", "dpv:ContinuousFrequency");
        }
    }

    private ObjectNode withdrawal() {
        ObjectNode node = JSON.createObjectNode().put("@type", "dpv:WithdrawConsent");
        node.put("schema:url", record.withdrawal().withdrawalMethod());
        if (record.withdrawal().consequences() != null) {
            node.put("dct:description", record.withdrawal().consequences());
        }
        return node;
    }

    private ArrayNode rights() {
        ArrayNode rights = JSON.createArrayNode();
        record.privacyRights()
                .forEach(right ->
                        rights.addObject().put("@type", "dpv:DataSubjectRight").put("dct:title", right));
        return rights;
    }

    private ArrayNode entities() {
        ArrayNode entities = JSON.createArrayNode();
        for (RecordDocument.Party party : record.parties()) {
            ObjectNode entity = entities.addObject().put("@id", iri(party)).put("@type", role(party));
            entity.put("dpv:hasIdentifier", party.partyId()).put("dpv:hasName", party.partyName());
            if (party.partyContact() != null) {
                entity.put("dpv:hasContact", party.partyContact());
            }
        }
        return entities;
    }

    /** The history of the consent, oldest first; the last one is how it stands. */
    private ArrayNode statuses() {
        ArrayNode statuses = JSON.createArrayNode();
        for (RecordDocument.Event event : record.events().reversed()) {
            String status = STATUS_AFTER.get(event.eventType());
            if (status != null) {
                statuses.add(status(event, status));
            }
        }
        if (record.header().status().equals("damaged")) {
            statuses.addObject().put("@type", "dpv:ConsentUnknown").put("dpv:isIndicatedBy", base + "/");
        }
        return statuses;
    }

    private ObjectNode status(RecordDocument.Event event, String status) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode types = node.putArray("@type").add(status);
        if (status.startsWith("cx:")) {
            types.add("dpv:ConsentStatusInvalidForProcessing");
        }
        put(node, "dpv:isIndicatedAtTime", event.eventTime());
        node.put("dpv:isIndicatedBy", actor(event.entityRole()));
        if (event.reasonCode() != null) {
            node.put("cx:reason", event.reasonCode());
        }
        if (event.eventType().equals("granted") || event.eventType().equals("amended")) {
            validity(event)
                    .ifPresent(until -> node.putObject("dpv:hasDuration")
                            .put("@type", "dpv:UntilTimeDuration")
                            .put("rdf:value", until.toString()));
            node.put("dpv:hasIndicationMethod", "Button on the consent page, or a call for the person in the sandbox");
        }
        return node;
    }

    private Optional<Instant> validity(RecordDocument.Event event) {
        return record.decisions().stream()
                .filter(decision -> decision.decidedAt().equals(event.eventTime()))
                .map(RecordDocument.Decision::validUntil)
                .findFirst();
    }

    private ArrayNode decisions() {
        ArrayNode decisions = JSON.createArrayNode();
        for (RecordDocument.Decision decision : record.decisions()) {
            ObjectNode node = decisions
                    .addObject()
                    .put("@id", "urn:uuid:" + decision.recordId())
                    .put("@type", "cx:Decision")
                    .put("dct:hasVersion", String.valueOf(decision.version()));
            put(node, "dct:replaces", urn(decision.previousRecordId()));
            put(node, "dct:date", decision.decidedAt());
            put(node, "dct:valid", decision.validUntil());
            ArrayNode granted = node.putArray("cx:granted");
            decision.granted().forEach(granted::add);
            node.set("dpv:hasNotice", notice(decision.notice()));
        }
        return decisions;
    }

    private ArrayNode events() {
        ArrayNode events = JSON.createArrayNode();
        for (RecordDocument.Event event : record.events()) {
            ObjectNode node = events.addObject()
                    .put("@id", "urn:uuid:" + event.eventId())
                    .put("@type", "cx:Event")
                    .put("dct:type", event.eventType());
            put(node, "dct:date", event.eventTime());
            node.put("dpv:isIndicatedBy", actor(event.entityRole()))
                    .put("cx:ledgerOrigin", event.ledger().origin())
                    .put("cx:leafHash", event.ledger().leafHash());
            if (event.ledger().index() != null) {
                node.put("cx:ledgerIndex", event.ledger().index());
            }
        }
        return events;
    }

    private String actor(String role) {
        return switch (role) {
            case "person" -> "urn:uuid:" + record.principal().piiPrincipalId();
            case "client" -> controllerId();
            case "authority" -> "dpv:Authority";
            default -> base + "/";
        };
    }

    private String iri(RecordDocument.Party party) {
        return switch (party.partyRole()) {
            case "pii_controller" -> base + "/schemas/clients#" + party.partyId();
            case "data_source" -> source(party.partyId());
            default -> base + "/";
        };
    }

    private String source(String id) {
        return base + "/schemas/sources#" + id;
    }

    private static String role(RecordDocument.Party party) {
        return switch (party.partyRole()) {
            case "pii_controller" -> "dpv:DataController";
            case "data_source" -> "dpv:DataSource";
            default -> "dpv:DataProcessor";
        };
    }

    private static ObjectNode span(String period) {
        return JSON.createObjectNode().put("@type", "dpv:TemporalDuration").put("rdf:value", period);
    }

    private static @Nullable String urn(@Nullable String id) {
        return id == null ? null : "urn:uuid:" + id;
    }

    private static void put(ObjectNode node, String property, @Nullable Object value) {
        if (value != null) {
            node.put(property, value.toString());
        }
    }
}
