package io.consentry.testing;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.bank.RelyingParty;
import io.consentry.bank.RelyingPartyException;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody with a browser that has neither screen nor script: keeps cookies, follows nothing by itself. */
public final class Visit {

    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"(csrf|shown)\" value=\"([^\"]+)\"");

    private final Map<String, String> cookies = new HashMap<>();

    /** The service's public address. */
    public static String base() {
        return ConfigProvider.getConfig().getValue("consentry.base-url", String.class);
    }

    /** Signs in as one of the invented people. */
    public static Visit as(String uinfin) {
        Visit visit = new Visit();
        visit.signIn(uinfin);
        return visit;
    }

    public void signIn(String uinfin) {
        keep(given().contentType("application/json")
                .body("{\"uinfin\":\"" + uinfin + "\"}")
                .post("/sandbox/sign-in"));
    }

    /** The session ends, as if its time were over. */
    public void loseSession() {
        cookies.remove("consentry_session");
    }

    /** A ready-made client asks; the path of the page on which the person decides. */
    public static String asked(String clientId) {
        Map<String, Object> client =
                given().get("/sandbox/clients").jsonPath().getMap("find { it.client_id == '" + clientId + "' }");
        String scope = (String) client.get("scope");
        return asked(clientId, scope);
    }

    /** The same for a scope of the test's choice. */
    public static String asked(String clientId, String scope) {
        var clients = given().get("/sandbox/clients").jsonPath();
        Map<String, Object> jwks = clients.getMap("find { it.client_id == '" + clientId + "' }.jwks");
        List<String> redirects = clients.getList("find { it.client_id == '" + clientId + "' }.redirect_uris");
        try {
            return asked(clientId, scope, JWKSet.parse(jwks), URI.create(redirects.getFirst()));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for any client whose keys the test holds. */
    public static String asked(String clientId, String scope, JWKSet keys, URI redirectUri) {
        try {
            RelyingParty client = RelyingParty.visit(URI.create(base() + "/fapi"), clientId, keys, redirectUri);
            URI address = client.authorizationUri(client.push(scope));
            String page = given().redirects()
                    .follow(false)
                    .urlEncodingEnabled(false)
                    .get(address.toString())
                    .header("Location");
            return URI.create(page).getPath();
        } catch (RelyingPartyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The grant of the request that was decided last, by the resident's own API. */
    public String latestGrant() {
        return activity().getString("find { it.event == 'granted' || it.event == 'refused' }.grant_id");
    }

    /** The person's events by their own API, newest first. */
    public JsonPath activity() {
        return given().cookies(cookies).get("/api/me/activity").jsonPath();
    }

    /** What the resident's own API tells this person. */
    public JsonPath json(String path) {
        return given().cookies(cookies).get(path).jsonPath();
    }

    public Response get(String path) {
        return keep(request().get(path));
    }

    /** Sends a form of the page at {@code page}, with what stands hidden there. */
    public Response send(String page, String path, Map<String, ?> fields) {
        return post(path, with(hidden(page), fields), Map.of());
    }

    /** What a form of the page carries unseen: its token, and what the page shows. */
    public Map<String, String> hidden(String page) {
        Map<String, String> hidden = new HashMap<>();
        Matcher found = HIDDEN.matcher(get(page).asString());
        while (found.find()) {
            hidden.put(found.group(1), found.group(2));
        }
        return hidden;
    }

    private static Map<String, Object> with(Map<String, String> hidden, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(hidden);
        all.putAll(fields);
        return all;
    }

    /** Sends a form as it is, without a look at any page. */
    public Response post(String path, Map<String, ?> fields, Map<String, String> headers) {
        return keep(request()
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .headers(headers)
                .formParams(fields)
                .post(path));
    }

    private RequestSpecification request() {
        return given().redirects()
                .follow(false)
                .cookies(cookies)
                .accept("text/html")
                .urlEncodingEnabled(true);
    }

    private Response keep(Response response) {
        cookies.putAll(response.cookies());
        return response;
    }
}
