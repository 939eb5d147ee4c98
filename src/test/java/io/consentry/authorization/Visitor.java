package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Service;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser who is sent to decide: keeps the session's cookie, and stays on the page of one request. */
final class Visitor {

    private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private String cookie = "none=0";
    private String page = "";

    Visitor signIn(String uinfin) {
        return signInBy("{\"uinfin\":\"" + uinfin + "\"}");
    }

    Visitor signInWithFace(String uinfin) {
        return signInBy("{\"uinfin\":\"" + uinfin + "\",\"face\":true}");
    }

    private Visitor signInBy(String body) {
        String set = Call.json("POST", "/sandbox/sign-in", body)
                .header("Cookie", cookie)
                .send()
                .is(204)
                .header("Set-Cookie")
                .orElseThrow();
        cookie = set.substring(0, set.indexOf(';'));
        return this;
    }

    /** Follows a client's redirect to the page of its request. */
    Seen open(ClientFlow flow) {
        String location = flow.authorize()
                .header("Cookie", cookie)
                .send()
                .is(303)
                .header("Location")
                .orElseThrow();
        page = URI.create(location).getPath();
        return again();
    }

    /** Looks at the page once more. */
    Seen again() {
        return new Seen(get(page));
    }

    /** The page for signing in, behind the redirects that lead there. */
    String signInPage() {
        return signInAnswer().body();
    }

    Answer signInAnswer() {
        Answer answer = get(page);
        while (answer.status() == 303) {
            URI next = URI.create(answer.header("Location").orElseThrow());
            answer = get(next.getRawPath() + "?" + next.getRawQuery());
        }
        return answer.is(200);
    }

    /** Approves on the page; the parameters that go back to the client. */
    Map<String, String> approve() {
        return decide("approve").returned();
    }

    /** Sends the page's form. */
    Seen decide(String decision) {
        Matcher token = TOKEN.matcher(get("/me").body());
        assertThat(token.find()).isTrue();
        Matcher shown = SHOWN.matcher(get(page).body());
        return new Seen(Call.to("POST", page)
                .with("shown", shown.find() ? shown.group(1) : "")
                .with("csrf", token.group(1))
                .with("decision", decision)
                .header("Cookie", cookie)
                .header("Accept", "text/html")
                .send());
    }

    private Answer get(String path) {
        return Call.to("GET", path)
                .header("Cookie", cookie)
                .header("Accept", "text/html")
                .send();
    }

    /** What the browser got. */
    record Seen(Answer answer) {

        int status() {
            return answer.status();
        }

        boolean asksToSignIn() {
            return answer.status() == 303
                    && answer.header("Location")
                            .orElseThrow()
                            .startsWith(Service.base() + "/sign-in?return_to=/consent/");
        }

        boolean asksToDecide() {
            return answer.status() == 200 && answer.body().contains("value=\"approve\"");
        }

        String body() {
            return answer.body();
        }

        /** The parameters with which the browser goes back to the client. */
        Map<String, String> returned() {
            URI to = URI.create(answer.is(303).header("Location").orElseThrow());
            assertThat(to.toString()).doesNotStartWith(Service.base());
            return ClientFlow.query(to);
        }
    }
}
