package io.consentry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A person signed in without a browser: the session cookie, and the calls that it allows. Does not print. */
public record TestResident(String cookie) {

    /** Signs in as one of the invented people. */
    public static TestResident signIn(String uinfin) {
        return from(signingIn(uinfin).send().is(204));
    }

    /** The call that signs in, for whoever wants to spoil it. */
    public static Call signingIn(String uinfin) {
        return Call.json("POST", "/sandbox/sign-in", "{\"uinfin\":\"" + uinfin + "\"}");
    }

    /** Who is signed in by the cookie that this answer sets. */
    public static TestResident from(Answer answer) {
        String set = answer.header("Set-Cookie").orElseThrow();
        return new TestResident(set.substring(0, set.indexOf(';')));
    }

    /** A call to the resident's API. */
    public Call call(String method, String path) {
        return Call.to(method, "/api/me" + path).header("Cookie", cookie);
    }

    /** All consents, newest first. */
    public JsonNode consents() {
        return call("GET", "/consents").send().is(200).json();
    }

    /** The grant that was shown last, by the order of the ledger: times are no guide where a test has moved the clock. */
    public String newestGrant() {
        for (JsonNode event : call("GET", "/activity?limit=100").send().is(200).json()) {
            if (event.path("event").asText().equals("presented")) {
                return event.path("grant_id").asText();
            }
        }
        throw new AssertionError("nothing was shown to this person");
    }

    /** The consent that was shown last. */
    public JsonNode newest() {
        return call("GET", "/consents/" + newestGrant()).send().is(200).json();
    }

    /** How a grant stands. */
    public String status(String grantId) {
        return call("GET", "/consents/" + grantId).send().is(200).text("status");
    }

    /** Withdraws a grant. */
    public Answer withdraw(String grantId) {
        return call("POST", "/consents/" + grantId + "/withdraw").send();
    }

    /** What the person does with a grant: {@code pause}, {@code resume} or {@code withdraw}. */
    public Answer act(String grantId, String act) {
        return call("POST", "/consents/" + grantId + "/" + act).send();
    }

    /** Takes part of a grant back. */
    public Answer narrow(String grantId, String... attributes) {
        String names = Arrays.stream(attributes).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return call("POST", "/consents/" + grantId + "/narrow")
                .header("Content-Type", "application/json")
                .body("{\"attributes\":[" + names + "]}")
                .send();
    }

    /** What the API tells of a grant, by a part of its address such as {@code /versions}. */
    public JsonNode told(String grantId, String part) {
        return call("GET", "/consents/" + grantId + part).send().is(200).json();
    }

    @Override
    public String toString() {
        return "TestResident[redacted]";
    }
}
