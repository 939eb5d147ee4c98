package io.consentry.developer;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What annotations cannot say in the OpenAPI document: the document's own words, how callers prove who they are, and the
 * forms of the OAuth endpoints, whose bodies the code reads as text. Mock agencies stand in for others and are left out.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String CLIENT = "client_assertion";
    private static final String DPOP = "dpop";
    private static final String CERTIFICATE = "client_certificate";
    private static final String SESSION = "session";
    private static final String BY_CERTIFICATE =
            "A client that comes with a certificate sends it; beside an assertion, it is that of the assertion.";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Consentry API")
                .version("1")
                .description("Named facts about a person, from the government offices that own them, released to an"
                        + " organisation only after the person has seen and approved them. FAPI 2.0: pushed requests,"
                        + " private_key_jwt, PKCE and DPoP. Errors carry a stable code and a trace id.")
                .license(OASFactory.createLicense().name("Apache-2.0")));
        api.setServers(null);
        api.setTags(List.of(
                tag("Metadata", "What the service can do, and the keys it signs with."),
                tag("Authorization", "Ask for facts, send the person here, and redeem the code they come back with."),
                tag("Personal data", "Fetch what the person granted."),
                tag("Events", "Be told what becomes of a grant: Security Event Tokens, pushed or fetched."),
                tag("Resident", "What a signed-in person sees and withdraws."),
                tag("Ledger", "The public log of every step."),
                tag(
                        "Sandbox",
                        "Only in the sandbox: ready-made clients, invented people, decisions without a browser.")));
        api.getPaths().getPathItems().keySet().stream()
                .filter(path -> path.startsWith("/sandbox/agencies/"))
                .toList()
                .forEach(api.getPaths()::removePathItem);
        describeSecurity(api);
        describeForms(api);
    }

    private static org.eclipse.microprofile.openapi.models.tags.Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }

    private static void describeSecurity(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        CLIENT,
                        scheme("A JWT in the form that the client signs with its own key: private_key_jwt"
                                + " (OpenID Connect Core §9), in client_assertion."))
                .addSecurityScheme(
                        DPOP,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("DPoP")
                                .description(
                                        "The access token, with a proof of the key it is bound to in the DPoP header"
                                                + " (RFC 9449 §7)."))
                .addSecurityScheme(
                        CERTIFICATE,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.MUTUALTLS)
                                .description("The certificate of a client that is registered for mutual TLS (RFC 8705),"
                                        + " at the addresses of mtls_endpoint_aliases."))
                .addSecurityScheme(
                        SESSION,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("consentry_session")
                                .description("The cookie of a person who has signed in."));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    if (path.equals("/fapi/events/poll") || path.startsWith("/fapi/grants/")) {
                        secure(operation, DPOP);
                    } else if (path.equals("/fapi/userinfo")) {
                        secure(operation, DPOP, CERTIFICATE);
                    } else if (path.startsWith("/api/me/")) {
                        secure(operation, SESSION);
                    } else if (Set.of("/fapi/par", "/fapi/token", "/fapi/revoke")
                            .contains(path)) {
                        secure(operation, CLIENT, CERTIFICATE);
                    }
                    describeProof(operation);
                }));
    }

    private static SecurityScheme scheme(String description) {
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.QUERY)
                .name("client_assertion")
                .description(description);
    }

    /** One of these will do. */
    private static void secure(Operation operation, String... schemes) {
        operation.setSecurity(Arrays.stream(schemes)
                .map(scheme -> OASFactory.createSecurityRequirement().addScheme(scheme))
                .toList());
    }

    /** The code reads the header as a list, to refuse a second one (RFC 9449 §4.3); callers send one. */
    private static void describeProof(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getName().equals("DPoP")) {
                parameter
                        .description("One proof for exactly this method and address (RFC 9449 §4.2).")
                        .schema(text(""));
            }
        }
    }

    private static void describeForms(OpenAPI api) {
        form(
                api,
                "/fapi/par",
                List.of(
                        "response_type",
                        "client_id",
                        "redirect_uri",
                        "scope",
                        "code_challenge",
                        "code_challenge_method"),
                SignInParameterTexts.withOthers(Map.of(
                        "state",
                        "Comes back unchanged.",
                        "nonce",
                        "Comes back in the ID token.",
                        "dpop_jkt",
                        "Thumbprint of the DPoP key, where no proof is sent here (RFC 9449 §10).")));
        form(
                api,
                "/fapi/token",
                List.of("grant_type"),
                Map.of(
                        "code",
                        "Of the redirect, for grant_type=authorization_code.",
                        "redirect_uri",
                        "That of the pushed request, with the code.",
                        "code_verifier",
                        "That of the pushed challenge, with the code.",
                        "scope",
                        "What the token is for, with grant_type=client_credentials.",
                        "client_id",
                        BY_CERTIFICATE));
        describeAuthorizationForm(api);
        form(
                api,
                "/fapi/revoke",
                List.of("token"),
                Map.of("client_id", BY_CERTIFICATE, "token_type_hint", "access_token"));
    }

    /** Nobody authenticates here: the form comes from a browser. */
    private static void describeAuthorizationForm(OpenAPI api) {
        var item = api.getPaths().getPathItem("/fapi/auth");
        if (item == null || item.getPOST() == null) {
            return;
        }
        Schema schema = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        for (String name : List.of("client_id", "request_uri")) {
            schema.addProperty(name, text("")).addRequired(name);
        }
        body(item.getPOST(), schema);
    }

    private static void form(OpenAPI api, String path, List<String> required, Map<String, String> optional) {
        var item = api.getPaths().getPathItem(path);
        if (item == null || item.getPOST() == null) {
            return;
        }
        Schema schema = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        required.forEach(name -> schema.addProperty(name, text("")));
        new TreeMap<>(optional).forEach((name, description) -> schema.addProperty(name, text(description)));
        schema.addProperty("client_assertion_type", text("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        schema.addProperty(
                "client_assertion",
                text("The signed assertion, fresh for every request, unless the client comes with a certificate."));
        required.forEach(schema::addRequired);
        body(item.getPOST(), schema);
    }

    private static void body(Operation operation, Schema schema) {
        operation.setRequestBody(OASFactory.createRequestBody()
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/x-www-form-urlencoded",
                                OASFactory.createMediaType().schema(schema))));
    }

    private static Schema text(String description) {
        Schema schema = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        return description.isEmpty() ? schema : schema.description(description);
    }
}
