package io.consentry.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

    private final RecordDocument record;
    private final LinkedNames names;

    private LinkedRecord(RecordDocument record, LinkedNames names) {
        this.record = record;
        this.names = names;
    }

    static ObjectNode of(RecordDocument record, String base) {
        return new LinkedRecord(record, new LinkedNames(record, base)).document();
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
        node.putArray("dct:conformsTo").add(PROFILE).add(names.base() + SchemaResource.PATH + Schema.LINKED.file());
        node.put("dct:hasVersion", String.valueOf(header.version())).put("cx:grant", "urn:uuid:" + header.grantId());
        put(node, "dct:replaces", LinkedNames.urn(header.previousRecordId()));
        put(node, "dct:created", header.createdAt());
        put(node, "dct:modified", header.statusUpdatedAt());
        put(node, "dct:issued", header.exportedAt());
        node.set("dpv:hasDataSubject", subject());
        node.put("dpv:hasDataController", names.controller())
                .put("dpv:hasJurisdiction", "loc:SG")
                .put("dpv:hasLegalBasis", "dpv:ExplicitlyExpressedConsent");
        notice().ifPresent(notice -> node.set("dpv:hasNotice", notice));
        var process = new LinkedProcess(record, names);
        node.set("dpv:hasProcess", process.process());
        node.set("dpv:hasConsentControl", process.withdrawal());
        node.set("dpv:hasRight", process.rights());
        node.set("dpv:hasEntity", entities());
        var history = new LinkedHistory(record, names);
        node.set("dpv:hasConsentStatus", history.statuses());
        node.set("cx:hasDecision", history.decisions());
        node.set("cx:hasEvent", history.events());
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
                .put("cx", names.base() + "/schemas/terms#");
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

    private Optional<ObjectNode> notice() {
        return Optional.ofNullable(record.notice()).map(LinkedRecord::notice);
    }

    static ObjectNode notice(RecordDocument.Notice notice) {
        ObjectNode node =
                JSON.createObjectNode().put("@type", "dpv:ConsentNotice").put("dct:language", notice.language());
        if (notice.digest() != null) {
            node.put("cx:sha256", notice.digest());
        }
        return node;
    }

    private ArrayNode entities() {
        ArrayNode entities = JSON.createArrayNode();
        for (RecordDocument.Party party : record.parties()) {
            ObjectNode entity = entities.addObject().put("@id", names.of(party)).put("@type", role(party));
            entity.put("dpv:hasIdentifier", party.partyId()).put("dpv:hasName", party.partyName());
            if (party.partyContact() != null) {
                entity.put("dpv:hasContact", party.partyContact());
            }
        }
        return entities;
    }

    private static String role(RecordDocument.Party party) {
        return switch (party.partyRole()) {
            case "pii_controller" -> "dpv:DataController";
            case "data_source" -> "dpv:DataSource";
            default -> "dpv:DataProcessor";
        };
    }

    /** Leaves out what is not there. */
    static void put(ObjectNode node, String property, @Nullable Object value) {
        if (value != null) {
            node.put(property, value.toString());
        }
    }
}
