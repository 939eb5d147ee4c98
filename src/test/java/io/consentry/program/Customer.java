package io.consentry.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A signed-in person at the resident's JSON API. */
public final class Customer {

    private final Wire wire;
    private final String cookie;

    private Customer(Wire wire, String cookie) {
        this.wire = wire;
        this.cookie = cookie;
    }

    public static Customer signIn(Wire wire, URI node, String uinfin) throws IOException, InterruptedException {
        Answer answer = wire.json("POST", node.resolve("/sandbox/sign-in"), "{\"uinfin\": \"" + uinfin + "\"}");
        return new Customer(wire, answer.expect(204).header("set-cookie").split(";")[0]);
    }

    public Answer withdraw(URI node, String grantId) throws IOException, InterruptedException {
        return wire.json("POST", node.resolve("/api/me/consents/" + grantId + "/withdraw"), "", "Cookie", cookie);
    }

    /** Opens a pushed request in the browser and looks at what would be shared. */
    public Answer look(URI node, String clientId, String requestUri) throws IOException, InterruptedException {
        String query =
                "client_id=" + clientId + "&request_uri=" + URLEncoder.encode(requestUri, StandardCharsets.UTF_8);
        Answer sent = wire.get(node.resolve("/fapi/auth?" + query), "Cookie", cookie, "Accept", "text/html");
        return wire.get(node.resolve(sent.expect(303).header("location")), "Cookie", cookie, "Accept", "text/html")
                .expect(200);
    }

    public Answer consents(URI node) throws IOException, InterruptedException {
        return wire.get(node.resolve("/api/me/consents"), "Cookie", cookie);
    }

    /** The whole history, newest first, page by page. */
    public List<JsonNode> activity(URI node) throws IOException, InterruptedException {
        var events = new ArrayList<JsonNode>();
        String next = "/api/me/activity?limit=100";
        while (!next.isEmpty()) {
            Answer page = wire.get(node.resolve(next), "Cookie", cookie).expect(200);
            page.json().forEach(events::add);
            String link = page.header("link");
            next = link.isEmpty() ? "" : link.substring(link.indexOf('<') + 1, link.indexOf('>'));
        }
        return events;
    }
}
