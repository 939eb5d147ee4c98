package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A taxpayer's finalised assessments, written in a person's file once, newest first, as {@code assessments}, and told
 * by IRAS as extracts: the latest and all, each in full and as a total.
 */
final class TaxFile {

    private TaxFile() {}

    /** Replaces {@code assessments} by {@code latest} and {@code years}. */
    static void expand(ObjectNode file) {
        if (!(file.remove("assessments") instanceof ArrayNode assessments)) {
            return;
        }
        ObjectNode latest = file.putObject("latest");
        ObjectNode years = file.putObject("years");
        ArrayNode full = years.putArray("assessments");
        ArrayNode totals = years.putArray("totals");
        for (JsonNode entry : assessments) {
            ObjectNode assessment = entry.deepCopy();
            JsonNode postedOn = assessment.remove("postedOn");
            full.add(assessment);
            totals.add(total(assessment));
            if (!latest.has("postedOn")) {
                latest.set("postedOn", postedOn);
                years.set("postedOn", postedOn);
                latest.set("assessment", assessment);
                latest.set("total", total(assessment));
            }
        }
    }

    private static ObjectNode total(ObjectNode assessment) {
        return assessment.deepCopy().retain("ya", "assessable");
    }
}
