package io.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;

/** A person's browser on the way from a client's redirect to the consent page and back: no step is left out. */
public final class Browser {

    private final Visit visit;

    private Browser(Visit visit) {
        this.visit = visit;
    }

    /** In which this person is signed in. */
    public static Browser of(String uinfin) {
        return new Browser(Visit.as(uinfin));
    }

    /** Follows the client's redirect. Returns the path of the page on which the person decides. */
    public static String follow(Call authorization) {
        return URI.create(authorization.send().is(303).header("Location").orElseThrow())
                .getPath();
    }

    /** Opens a page of ours. */
    public Response look(String page) {
        return visit.get(page);
    }

    /** Sends a form of ours without a look at its page. */
    public Response post(String page, Map<String, ?> fields, Map<String, String> headers) {
        return visit.post(page, fields, headers);
    }

    /** Approves on the page, without anything optional. Returns where the browser goes. */
    public URI approve(String page) {
        return decided(visit.send(page, page, Map.of("decision", "approve")));
    }

    /** Refuses on the page. Returns where the browser goes. */
    public URI refuse(String page) {
        return decided(visit.send(page, page, Map.of("decision", "refuse")));
    }

    /** The token that stands in the page's form. */
    public String formToken(String page) {
        return look(page).asString().replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
    }

    private static URI decided(Response response) {
        assertThat(response.statusCode()).as("RFC 9700 §4.12 wants 303").isEqualTo(303);
        return URI.create(response.header("Location"));
    }
}
