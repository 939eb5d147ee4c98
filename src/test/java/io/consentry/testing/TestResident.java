package io.consentry.testing;

import com.fasterxml.jackson.databind.JsonNode;

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

    /** The grant that was asked for last. */
    public String newestGrant() {
        return consents().path(0).path("grant_id").asText();
    }

    /** Withdraws a grant. */
    public Answer withdraw(String grantId) {
        return call("POST", "/consents/" + grantId + "/withdraw").send();
    }

    @Override
    public String toString() {
        return "TestResident[redacted]";
    }
}
