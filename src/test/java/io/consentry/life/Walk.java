package io.consentry.life;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.kernel.GrantId;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ReceivedRecord;
import io.consentry.testing.TestResident;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One grant of the running service, and everybody who has to do with it: each act is what they would send. */
final class Walk {

    private final Lane lane;
    private final Kind kind;
    private final String person;
    private final String stranger;

    /** The last request, the last one that was approved, and the page of the last one once somebody has looked. */
    private ClientFlow asking;

    private ClientFlow coded;
    private String shown = "";
    private Optional<String> page = Optional.empty();
    private String grant = "";
    private String token = "none";
    private String refreshToken = "none";

    Walk(Lane lane, Kind kind, String person, String stranger) {
        this.lane = lane;
        this.kind = kind;
        this.person = person;
        this.stranger = stranger;
        this.asking = lane.bank(kind).flow();
        this.coded = asking.code("none");
    }

    /** Asks for a new grant. */
    Walk ask(SortedSet<String> attributes) throws SQLException {
        asking.asking("openid " + String.join(" ", attributes)).push();
        grant = lane.grantOf(asking.requestUri()).toString();
        return this;
    }

    GrantId grant() {
        return GrantId.parse(grant);
    }

    TestResident resident() {
        return lane.resident(person);
    }

    Lane lane() {
        return lane;
    }

    /** Does it, and tells what came of it in the words of the model. */
    String take(Act act, Model model) {
        return switch (act) {
            case Act.Approve(SortedSet<String> declined) -> approve(declined, model);
            case Act.Amend(Act.Mode mode, SortedSet<String> attributes) -> amend(mode, attributes);
            case Act.Narrow(SortedSet<String> without) ->
                told(resident().narrow(grant, without.toArray(String[]::new)));
            case Act.Pass pass -> {
                lane.pass(pass.time());
                yield "done";
            }
            case Act.Plain plain -> take(plain);
        };
    }

    private String take(Act.Plain act) {
        return switch (act) {
            case LOOK -> look();
            case REFUSE ->
                page.isPresent() ? back(send("refuse", new TreeSet<>())) : decided(asking.decision(person, "deny"));
            case STRANGER -> page.isPresent() ? back(open(stranger)) : decided(asking.decision(stranger, "approve"));
            case REDEEM -> redeem();
            case REFRESH -> refresh();
            case FETCH -> fetch();
            case QUERY -> told(query());
            case RELINQUISH ->
                told(lane.access(kind).call("DELETE", "/grants/" + grant).send());
            case PAUSE -> told(resident().act(grant, "pause"));
            case RESUME -> told(resident().act(grant, "resume"));
            case WITHDRAW -> told(resident().withdraw(grant));
            case REVOKE -> lane.operate("consents", "revoke", grant, "--reason", "court_order");
            case INVALIDATE -> lane.operate("consents", "invalidate", grant, "--reason", "subject_deceased");
        };
    }

    Answer query() {
        return lane.access(kind).call("GET", "/grants/" + grant).send();
    }

    private String amend(Act.Mode mode, SortedSet<String> attributes) {
        ClientFlow next = lane.bank(kind).flow().asking("openid " + String.join(" ", attributes));
        Answer answer = next.amending(mode == Act.Mode.MERGE ? "merge" : "replace", grant)
                .send();
        if (answer.status() == 201) {
            asking = next.pushed(answer);
            page = Optional.empty();
        }
        return told(answer);
    }

    private String look() {
        if (page.isEmpty()) {
            Answer begun = asking.authorize().send();
            if (begun.status() != 303) {
                return Integer.toString(begun.status());
            }
            page = Optional.of(
                    URI.create(begun.header("Location").orElseThrow()).getPath());
        }
        Answer seen = open(person);
        shown = Lane.shownOn(seen);
        return back(seen);
    }

    /** On the page, what is ticked is shared; without one, what is declined is named. */
    private String approve(SortedSet<String> declined, Model model) {
        if (page.isEmpty()) {
            return decided(asking.decision(person, "approve", declined.toArray(String[]::new)));
        }
        SortedSet<String> share = model.life().optional(model.asking().wanted());
        share.removeAll(declined);
        return back(send("approve", share));
    }

    private Answer open(String uinfin) {
        return lane.browser("GET", page.orElseThrow(), uinfin).send();
    }

    private Answer send(String decision, SortedSet<String> share) {
        Call form = lane.browser("POST", page.orElseThrow(), person)
                .with("decision", decision)
                .with("shown", shown)
                .with("csrf", lane.formToken(person, "/me/consents/" + grant + "/withdraw"));
        share.forEach(name -> form.adding("share", name));
        return form.send();
    }

    private String redeem() {
        Answer answer = coded.token().send();
        keep(answer);
        return told(answer);
    }

    private String refresh() {
        Answer answer = asking.refresh(refreshToken).send();
        keep(answer);
        return told(answer);
    }

    private void keep(Answer answer) {
        if (answer.status() == 200) {
            token = answer.text("access_token");
            refreshToken = answer.json().path("refresh_token").asText(refreshToken);
        }
    }

    private String fetch() {
        Answer answer = asking.userinfo(token).send();
        return answer.status() == 200 ? record(answer) : told(answer);
    }

    /** What became of each attribute, as the record says; and what is in it, should that be anything else. */
    private String record(Answer answer) {
        JsonNode claims = ReceivedRecord.claimsOf(answer.body(), lane.bank(kind).client());
        var outcomes = new TreeMap<String, String>();
        var released = new TreeSet<String>();
        claims.path("consent").path("outcomes").properties().forEach(one -> {
            outcomes.put(one.getKey(), one.getValue().asText());
            if (one.getValue().asText().equals("released")) {
                released.add(one.getKey());
            }
        });
        var sent = new TreeSet<String>();
        claims.path("person_info").fieldNames().forEachRemaining(sent::add);
        return "200 " + outcomes + (sent.equals(released) ? "" : " with values of " + sent);
    }

    private String decided(Call decision) {
        Answer answer = decision.send();
        return answer.status() == 200 ? "200 " + returned(URI.create(answer.text("redirect_to"))) : told(answer);
    }

    private String back(Answer answer) {
        return answer.status() == 303
                ? "303 " + returned(URI.create(answer.header("Location").orElseThrow()))
                : Integer.toString(answer.status());
    }

    private String returned(URI to) {
        Map<String, String> answer = ClientFlow.query(to);
        if (!answer.containsKey("code")) {
            return answer.getOrDefault("error", to.toString());
        }
        asking.returned(to);
        coded = asking;
        return "code";
    }

    private static String told(Answer answer) {
        return answer.status() < 400 ? Integer.toString(answer.status()) : answer.status() + " " + answer.code();
    }
}
