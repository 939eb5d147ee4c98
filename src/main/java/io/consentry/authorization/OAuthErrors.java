package io.consentry.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.http.ErrorForm;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;

/** Faults as RFC 6749 §5.2 has them, everywhere under {@code /fapi} but at the authorization endpoint, which people see. */
@ApplicationScoped
class OAuthErrors implements ErrorForm {

    /** Everywhere else under {@code /fapi}, an access token is presented. */
    private static final Set<String> CLIENTS_AUTHENTICATE = Set.of("/fapi/par", "/fapi/token", "/fapi/revoke");
    /** What a resource asks for anew, with 401 (RFC 6750 §3, RFC 9449 §7.1 and §9). */
    private static final Set<String> CHALLENGES = Set.of("invalid_token", "invalid_dpop_proof", "use_dpop_nonce");

    private static final String INVALID_GRANT = "invalid_grant";

    private final Settings settings;

    OAuthErrors(Settings settings) {
        this.settings = settings;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record OAuthError(
            String error,
            @JsonProperty("error_description") String description,
            String code,
            @JsonProperty("trace_id") String traceId,
            Optional<String> expected,
            Optional<String> received,
            @JsonProperty("suggested_action") Optional<String> suggestedAction) {}

    @Override
    public boolean covers(String path) {
        return path.startsWith("/fapi/") && !path.equals("/fapi/auth");
    }

    @Override
    public Response answer(Fault fault, String path, String traceId) {
        boolean sandbox = settings.isSandbox();
        boolean atResource = !CLIENTS_AUTHENTICATE.contains(path);
        String error = atResource ? atResource(fault.code()) : atEndpoint(fault.code());
        String description = describe(fault);
        var body = new OAuthError(
                error,
                description,
                fault.code().code(),
                traceId,
                fault.expected().filter(text -> sandbox),
                fault.received().filter(text -> sandbox),
                fault.suggestedAction().filter(text -> sandbox));
        boolean challenge = atResource && CHALLENGES.contains(error);
        boolean grantFailed = !atResource && error.equals(INVALID_GRANT);
        var response = Response.status(
                        challenge ? 401 : grantFailed ? 400 : fault.code().status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body);
        if (challenge || error.equals("insufficient_scope")) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(fault.code(), error, description));
        }
        return response.build();
    }

    /**
     * At a resource, UserInfo too (OpenID Connect Core §5.3.3), no client authenticates: what is wrong with the client makes its
     * token invalid (RFC 6750 §3.1).
     */
    private static String atResource(FaultCode code) {
        return code.oauthError().equals("invalid_client") ? "invalid_token" : code.oauthError();
    }

    /** Where a client authenticates no access token comes along: what stands behind it is a grant (RFC 6749 §5.2). */
    private static String atEndpoint(FaultCode code) {
        return code.oauthError().equals("invalid_token") ? INVALID_GRANT : code.oauthError();
    }

    /**
     * By which scheme to ask (RFC 9110 §11.6.1, RFC 9449 §7.1); a request without any token gets no error member (RFC 6750 §3.1).
     */
    private static String challenge(FaultCode code, String error, String description) {
        if (code == FaultCode.MISSING_CLIENT_CERTIFICATE || code == FaultCode.CERTIFICATE_MISMATCH) {
            return "Bearer error=\"" + error + "\", error_description=\"" + description + "\"";
        }
        String algorithms = "DPoP algs=\"ES256 PS256\"";
        return code == FaultCode.MISSING_ACCESS_TOKEN
                ? algorithms
                : algorithms + ", error=\"" + error + "\", error_description=\"" + description + "\"";
    }

    /** RFC 6749 §5.2 allows printable ASCII without the quotation mark and the backslash. */
    private static String describe(Fault fault) {
        return (fault.code().title() + ". " + fault.detail()).replaceAll("[^\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    }
}
