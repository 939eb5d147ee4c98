package io.consentry.life;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.testing.Answer;
import io.consentry.testing.TestResident;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** How everybody sees a grant at the end of a history, held against the model. */
final class Views {

    private final Walk walk;
    private final Model model;
    private final Life life;
    private final List<String> differences = new ArrayList<>();

    private Views(Walk walk, Model model) {
        this.walk = walk;
        this.model = model;
        this.life = model.life();
    }

    /** What somebody sees that the model does not say; empty when there is nothing. */
    static Optional<String> differences(Walk walk, Model model) throws SQLException {
        var views = new Views(walk, model);
        views.client();
        views.person();
        views.ledger();
        return views.differences.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", views.differences));
    }

    private void client() {
        Answer answer = walk.query();
        String seen = answer.status() == 200 ? client(answer.json()) : answer.status() + " " + answer.code();
        String expected = life.stage.wasGiven()
                ? "%s %s, generation %d, %d releases"
                        .formatted(life.stage.wire(), life.granted(), life.decisions.size(), life.releases)
                : "404 grant_not_found";
        same("the client sees", expected, seen);
    }

    private static String client(JsonNode grant) {
        var granted = new TreeSet<String>();
        for (JsonNode scope : grant.path("scopes")) {
            granted.addAll(List.of(scope.path("scope").asText().split(" ")));
        }
        return "%s %s, generation %d, %d releases"
                .formatted(
                        grant.path("status").asText(),
                        granted,
                        grant.path("generation").asInt(),
                        grant.path("releases").asLong());
    }

    private void person() {
        TestResident resident = walk.resident();
        Answer answer = resident.call("GET", "/consents/" + walk.grant()).send();
        if (!life.seen) {
            same("the person sees", "404 grant_not_found", answer.status() + " " + answer.code());
            return;
        }
        same(
                "the person sees",
                "%s %s, generation %d, %d releases%s"
                        .formatted(
                                life.stage.wire(),
                                life.stage.wasGiven() ? life.granted() : life.requested,
                                life.decisions.size(),
                                life.releases,
                                ended(life.stage.endedBy(), life.stage.reason())),
                person(answer.json()));
        same("versions", life.decisions.reversed().toString(), versions(resident));
        List<String> uses = life.entries.reversed().stream()
                .filter(entry -> entry.startsWith("release"))
                .toList();
        same(
                "releases",
                uses.toString(),
                events(resident, "/consents/" + walk.grant() + "/releases?limit=100")
                        .toString());
    }

    private static String person(JsonNode consent) {
        return "%s %s, generation %d, %d releases%s"
                .formatted(
                        consent.path("status").asText(),
                        names(consent.path("attributes")),
                        consent.path("generation").asInt(),
                        consent.path("release_count").asLong(),
                        ended(text(consent, "ended_by"), text(consent, "reason")));
    }

    private static String ended(String by, String reason) {
        return by.isEmpty() && reason.isEmpty() ? "" : ", ended by " + by + ": " + reason;
    }

    private static String text(JsonNode of, String member) {
        return of.hasNonNull(member) ? of.path(member).asText() : "";
    }

    private String versions(TestResident resident) {
        List<String> versions = new ArrayList<>();
        resident.told(walk.grant().toString(), "/versions")
                .forEach(version ->
                        versions.add(names(version.path("attributes")).toString()));
        return versions.toString();
    }

    /** In the order in which they were recorded; of amendments that lapsed, time alone knows when. */
    private void ledger() throws SQLException {
        int ofNobody = life.seen ? 1 : 0;
        same(
                "entries of nobody",
                Integer.toString(ofNobody),
                Long.toString(
                        walk.lane().entriesOfNobody(UUID.fromString(walk.grant().toString()))));
        if (!life.seen) {
            return;
        }
        List<String> seen =
                new ArrayList<>(events(walk.resident(), "/activity?limit=100").reversed());
        long lapsed = seen.stream().filter(Views::isLapsedAmendment).count();
        seen.removeIf(entry -> isLapsedAmendment(entry) || entry.startsWith("reminded"));
        same("the ledger says", life.entries.toString(), seen.toString());
        int voided = model.asking().voided;
        int most = voided + model.asking().mayHaveLapsed();
        if (lapsed < voided || lapsed > most) {
            differences.add("lapsed amendments: the model says " + voided + " to " + most + ", there are " + lapsed);
        }
    }

    private static boolean isLapsedAmendment(String entry) {
        return entry.startsWith("amendment_lapsed");
    }

    /** Those of this grant, newest first. */
    private List<String> events(TestResident resident, String path) {
        List<String> events = new ArrayList<>();
        for (JsonNode event : resident.call("GET", path).send().is(200).json()) {
            if (event.path("grant_id").asText().equals(walk.grant().toString())) {
                events.add(event(event));
            }
        }
        return events;
    }

    private static String event(JsonNode event) {
        var outcomes = new TreeMap<String, String>();
        event.path("outcomes")
                .properties()
                .forEach(one -> outcomes.put(one.getKey(), one.getValue().asText()));
        return event.path("event").asText()
                + (event.hasNonNull("reason") ? ": " + event.path("reason").asText() : "")
                + (outcomes.isEmpty() ? "" : " " + outcomes);
    }

    private static TreeSet<String> names(JsonNode array) {
        var names = new TreeSet<String>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }

    private void same(String what, String expected, String seen) {
        if (!expected.equals(seen)) {
            differences.add(what + "\n      in the model   " + expected + "\n      in the service " + seen);
        }
    }
}
