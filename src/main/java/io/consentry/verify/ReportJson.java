package io.consentry.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A report for programs. Members are added, never renamed. */
final class ReportJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {}

    static String of(LogReport report) {
        ObjectNode json = JSON.createObjectNode()
                .put("result", report.isVerified() ? "verified" : "refused")
                .put("log", report.log())
                .put("trust", report.trust().origin().name().toLowerCase(Locale.ROOT));
        report.checkpoint()
                .ifPresent(checkpoint -> json.put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().toString()));
        json.put("verified_earlier", report.earlier());
        sentences(
                json.putArray("witnesses"), report.witnesses().stream().sorted().toList());
        ArrayNode problems = json.putArray("problems");
        report.problems()
                .forEach(problem ->
                        problems.addObject().put("place", problem.place()).put("what", problem.what()));
        sentences(json.putArray("checked"), ReportText.checked(report));
        sentences(json.putArray("remarks"), report.remarks());
        sentences(json.putArray("not_checked"), ReportText.BEYOND_A_LOG);
        return text(json);
    }

    static String of(ReceiptReport report) {
        ObjectNode json = JSON.createObjectNode();
        switch (report.verdict()) {
            case ReceiptVerdict.Promised(var origin, var by) ->
                json.put("result", "promised").put("origin", origin).put("promised_by", by.getEpochSecond());
            case ReceiptVerdict.Included(var checkpoint, var index) ->
                json.put("result", "included")
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("index", index);
            case ReceiptVerdict.Witnessed(var checkpoint, var index, var witnesses) ->
                sentences(
                        json.put("result", "witnessed")
                                .put("origin", checkpoint.origin())
                                .put("size", checkpoint.size())
                                .put("index", index)
                                .putArray("witnesses"),
                        witnesses.stream().sorted().toList());
            case ReceiptVerdict.Refused(var why) ->
                json.put("result", "refused").put("why", why);
        }
        ArrayNode steps = json.putArray("steps");
        report.steps()
                .forEach(step -> steps.addObject()
                        .put("what", step.what())
                        .put("state", step.state().name().toLowerCase(Locale.ROOT))
                        .put("said", step.said()));
        return text(json);
    }

    private static void sentences(ArrayNode array, List<String> sentences) {
        sentences.forEach(array::add);
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can be written", e);
        }
    }
}
