package io.consentry.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.consent.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What became of a consent, in the terms of DPV: its statuses, the decisions that were made on it, and what happened under it. */
record LinkedHistory(RecordDocument record, LinkedNames names) {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** The history of the consent, oldest first; the last one is how it stands. */
    ArrayNode statuses() {
        ArrayNode statuses = JSON.createArrayNode();
        for (RecordDocument.Event event : record.events().reversed()) {
            String status = STATUS_AFTER.get(event.eventType());
            if (status != null) {
                statuses.add(status(event, status));
            }
        }
        if (record.header().status().equals(Status.DAMAGED.wire())) {
            statuses.addObject().put("@type", "dpv:ConsentUnknown").put("dpv:isIndicatedBy", names.base() + "/");
        }
        return statuses;
    }

    private ObjectNode status(RecordDocument.Event event, String status) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode types = node.putArray("@type").add(status);
        if (status.startsWith("cx:")) {
            types.add("dpv:ConsentStatusInvalidForProcessing");
        }
        LinkedRecord.put(node, "dpv:isIndicatedAtTime", event.eventTime());
        node.put("dpv:isIndicatedBy", names.actor(event.entityRole()));
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

    ArrayNode decisions() {
        ArrayNode decisions = JSON.createArrayNode();
        for (RecordDocument.Decision decision : record.decisions()) {
            ObjectNode node = decisions
                    .addObject()
                    .put("@id", "urn:uuid:" + decision.recordId())
                    .put("@type", "cx:Decision")
                    .put("dct:hasVersion", String.valueOf(decision.version()));
            LinkedRecord.put(node, "dct:replaces", LinkedNames.urn(decision.previousRecordId()));
            LinkedRecord.put(node, "dct:date", decision.decidedAt());
            LinkedRecord.put(node, "dct:valid", decision.validUntil());
            ArrayNode granted = node.putArray("cx:granted");
            decision.granted().forEach(granted::add);
            node.set("dpv:hasNotice", LinkedRecord.notice(decision.notice()));
        }
        return decisions;
    }

    ArrayNode events() {
        ArrayNode events = JSON.createArrayNode();
        for (RecordDocument.Event event : record.events()) {
            ObjectNode node = events.addObject()
                    .put("@id", "urn:uuid:" + event.eventId())
                    .put("@type", "cx:Event")
                    .put("dct:type", event.eventType());
            LinkedRecord.put(node, "dct:date", event.eventTime());
            node.put("dpv:isIndicatedBy", names.actor(event.entityRole()))
                    .put("cx:ledgerOrigin", event.ledger().origin())
                    .put("cx:leafHash", event.ledger().leafHash());
            if (event.ledger().index() != null) {
                node.put("cx:ledgerIndex", event.ledger().index());
            }
        }
        return events;
    }
}
