package io.consentry.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a consent permits, in the terms of DPV: which data, for which purpose, how often, how long; and how it is taken back. */
record LinkedProcess(RecordDocument record, LinkedNames names) {

    private static final ObjectMapper JSON = new ObjectMapper();

    ObjectNode process() {
        ObjectNode process = JSON.createObjectNode().put("@type", "dpv:Process");
        process.put("dpv:hasDataController", names.controller());
        var purpose = record.purpose();
        if (purpose != null) {
            process.putObject("dpv:hasPurpose")
                    .put("@type", "dpv:Purpose")
                    .put(
                            "@id",
                            names.base() + "/schemas/purposes#" + purpose.purposeCode() + "-"
                                    + purpose.templateVersion())
                    .put("dct:title", purpose.purposeTitle())
                    .put("dct:description", purpose.purposeText());
        }
        process.putArray("dpv:hasProcessing").add("dpv:Collect").add("dpv:Store");
        process.putArray("dpv:hasRecipient").add(names.controller());
        ArrayNode data = process.putArray("dpv:hasPersonalData");
        record.piiInformation().stream().map(this::personalData).forEach(data::add);
        process.set("dpv:hasStorageCondition", storage());
        access(process);
        return process;
    }

    private ObjectNode personalData(RecordDocument.Pii pii) {
        ObjectNode node = JSON.createObjectNode();
        node.put("@id", names.base() + "/schemas/attributes#" + pii.attributeId());
        ArrayNode types = node.putArray("@type").add("dpv:PersonalData");
        if (pii.sensitivity().equals("high")) {
            types.add("dpv:SensitivePersonalData");
        }
        node.put("dct:identifier", pii.attributeId())
                .put("dct:title", pii.piiType())
                .put("dpv:hasNecessity", pii.necessity().equals("required") ? "dpv:Required" : "dpv:Optional")
                .put("dpv:hasSensitivityLevel", pii.sensitivity())
                .put("dpv:hasDataSource", names.source(pii.sourceId()))
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
        LinkedRecord.put(process, "dct:valid", access.validUntil());
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

    ObjectNode withdrawal() {
        ObjectNode node = JSON.createObjectNode().put("@type", "dpv:WithdrawConsent");
        node.put("schema:url", record.withdrawal().withdrawalMethod());
        if (record.withdrawal().consequences() != null) {
            node.put("dct:description", record.withdrawal().consequences());
        }
        return node;
    }

    ArrayNode rights() {
        ArrayNode rights = JSON.createArrayNode();
        record.privacyRights()
                .forEach(right ->
                        rights.addObject().put("@type", "dpv:DataSubjectRight").put("dct:title", right));
        return rights;
    }

    private static ObjectNode span(String period) {
        return JSON.createObjectNode().put("@type", "dpv:TemporalDuration").put("rdf:value", period);
    }
}
