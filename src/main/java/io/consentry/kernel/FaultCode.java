package io.consentry.kernel;

import java.util.Locale;

/**
 * Every stable error code, with its HTTP status and, on OAuth endpoints, the registered error it is sent as.
 *
 * <p>A code never changes its meaning; a page for each explains it under {@code /docs/errors/{code}}.
 */
public enum FaultCode {
    // Requests in general
    MALFORMED_REQUEST(400, "invalid_request", "The request could not be read"),
    DUPLICATE_PARAMETER(400, "invalid_request", "A parameter was sent more than once"),
    REQUEST_TIMEOUT(408, "invalid_request", "The request came too slowly"),
    BODY_TOO_LARGE(413, "invalid_request", "The request body is too large"),
    ADDRESS_TOO_LONG(414, "invalid_request", "The address is too long"),
    HEADERS_TOO_LARGE(431, "invalid_request", "The request headers are too large"),
    UNSUPPORTED_CONTENT_TYPE(415, "invalid_request", "The content type is not accepted here"),
    NOT_ACCEPTABLE(406, "invalid_request", "No content type that was asked for can be answered in"),
    METHOD_NOT_ALLOWED(405, "invalid_request", "The method is not allowed here"),
    NOT_FOUND(404, "invalid_request", "There is nothing at this address"),
    RATE_LIMITED(429, "temporarily_unavailable", "Too many requests"),
    OVERLOADED(503, "temporarily_unavailable", "There is too much to do at once"),
    INTERNAL_ERROR(500, "server_error", "Something went wrong on our side"),
    TEMPORARILY_UNAVAILABLE(503, "temporarily_unavailable", "The service cannot decide this now"),
    CLOCK_IN_DOUBT(503, "temporarily_unavailable", "What time it is cannot be told for certain"),
    DATABASE_UNAVAILABLE(503, "temporarily_unavailable", "The service cannot reach its database"),
    LEDGER_OUT_OF_STEP(
            503, "temporarily_unavailable", "The database is not the one that the ledger was published from"),
    LEDGER_NOT_WITNESSED(503, "temporarily_unavailable", "Too few witnesses have seen the ledger lately"),
    LEDGER_DAMAGED(500, "server_error", "The ledger does not verify"),
    OUTCOME_IN_DOUBT(503, "temporarily_unavailable", "Whether it was done is in doubt"),

    // Client authentication
    UNKNOWN_CLIENT(401, "invalid_client", "The client is not registered"),
    CLIENT_SUSPENDED(401, "invalid_client", "The client is suspended"),
    MISSING_CLIENT_ASSERTION(401, "invalid_client", "No client assertion was sent"),
    SEVERAL_CLIENT_AUTHENTICATIONS(400, "invalid_request", "The client authenticates in more than one way"),
    INVALID_CLIENT_ASSERTION(401, "invalid_client", "The client assertion was refused"),
    CLIENT_ASSERTION_REPLAYED(401, "invalid_client", "The client assertion was used before"),
    MISSING_CLIENT_CERTIFICATE(401, "invalid_client", "No client certificate was presented"),
    INVALID_CLIENT_CERTIFICATE(401, "invalid_client", "The client certificate was refused"),
    CLIENT_KEYS_UNREACHABLE(502, "upstream_dependency_error", "The client's keys could not be fetched"),

    // Pushed authorization request
    TOO_MANY_OPEN_REQUESTS(429, "temporarily_unavailable", "The client has too many requests open"),
    MISSING_PARAMETER(400, "invalid_request", "A required parameter is missing"),
    INVALID_PARAMETER(400, "invalid_request", "A parameter has a value that is not allowed"),
    UNSUPPORTED_RESPONSE_TYPE(400, "unsupported_response_type", "Only the response type code is supported"),
    UNREGISTERED_REDIRECT_URI(400, "invalid_request", "The redirect URI is not registered for this client"),
    MISSING_PKCE(400, "invalid_request", "A PKCE challenge is required"),
    UNSUPPORTED_PKCE_METHOD(400, "invalid_request", "Only the PKCE method S256 is supported"),
    REQUEST_URI_NOT_ALLOWED(400, "invalid_request", "A pushed request may not carry request_uri"),
    REQUEST_OBJECT_NOT_SUPPORTED(400, "request_not_supported", "Request objects are not supported"),
    UNKNOWN_SCOPE(400, "invalid_scope", "A scope is not in the catalogue"),
    SCOPE_EXCEEDS_PURPOSE(400, "invalid_scope", "The purpose does not allow so much"),
    INVALID_GRANT_ID(400, "invalid_grant_id", "There is no such grant to amend"),
    UNREGISTERED_SCOPE(400, "invalid_scope", "A scope is not registered for this client"),

    UNREGISTERED_ACR(400, "invalid_request", "A level of assurance is not registered for this client"),
    UNREGISTERED_CONTEXT_TYPE(400, "invalid_request", "The context type is not registered for this client"),
    UNREGISTERED_APP_LAUNCH_URL(400, "invalid_request", "The app link is not registered for this client"),
    MALFORMED_CLAIMS(400, "invalid_request", "The claims parameter could not be read"),
    // DPoP
    MISSING_DPOP_PROOF(400, "invalid_dpop_proof", "A DPoP proof is required"),
    INVALID_DPOP_PROOF(400, "invalid_dpop_proof", "The DPoP proof was refused"),
    DPOP_PROOF_REPLAYED(400, "invalid_dpop_proof", "The DPoP proof was used before"),
    USE_DPOP_NONCE(400, "use_dpop_nonce", "The DPoP proof needs a fresh nonce"),
    DPOP_KEY_MISMATCH(400, "invalid_dpop_proof", "The DPoP proof is by another key than the request is bound to"),

    // Authorization
    INVALID_REQUEST_URI(400, "invalid_request_uri", "The request_uri is unknown, expired or used"),
    INTERACTION_NOT_FOUND(404, "invalid_request", "This request is no longer open"),
    ACCESS_DENIED(403, "access_denied", "The person refused"),
    SIGN_IN_REQUIRED(401, "login_required", "Sign in first"),
    UNKNOWN_PERSON(404, "invalid_request", "There is no such person"),
    CSRF_REFUSED(403, "invalid_request", "The form did not come from our own page"),
    NOT_OPTIONAL(400, "invalid_request", "Only optional attributes can be declined"),
    ALREADY_DECIDED(409, "invalid_request", "This request has been decided"),

    // Token
    UNAUTHORIZED_GRANT_TYPE(400, "unauthorized_client", "The client is not registered for this grant type"),
    UNSUPPORTED_GRANT_TYPE(400, "unsupported_grant_type", "The grant type is not supported"),
    INVALID_CODE(400, "invalid_grant", "The authorization code is unknown, expired or for another client"),
    CODE_REUSED(400, "invalid_grant", "The authorization code was used before"),
    INVALID_CODE_VERIFIER(400, "invalid_grant", "The code verifier does not match the challenge"),
    REDIRECT_URI_MISMATCH(400, "invalid_grant", "The redirect URI differs from the pushed one"),
    INVALID_REFRESH_TOKEN(400, "invalid_grant", "The refresh token is unknown, revoked or for another client"),
    GRANT_ENDED(400, "invalid_grant", "The grant behind the refresh token has ended"),
    SCOPE_NOT_GRANTED(400, "invalid_scope", "The scope is beyond what was granted"),
    NO_CLIENT_SCOPE(400, "invalid_scope", "The scope is not one that clients have for themselves"),
    TOKEN_OF_ANOTHER_CLIENT(400, "invalid_grant", "The token was issued to another client"),

    // Release
    MISSING_ACCESS_TOKEN(401, "invalid_token", "An access token is required"),
    INVALID_ACCESS_TOKEN(401, "invalid_token", "The access token is unknown or revoked"),
    CERTIFICATE_MISMATCH(401, "invalid_token", "The access token is bound to another certificate"),
    ACCESS_TOKEN_EXPIRED(401, "invalid_token", "The access token has expired"),
    INSUFFICIENT_SCOPE(403, "insufficient_scope", "The access token is not for this"),
    CONSENT_WITHDRAWN(401, "invalid_token", "The person withdrew the consent"),
    CONSENT_EXPIRED(401, "invalid_token", "The consent has expired"),
    CONSENT_PAUSED(401, "invalid_token", "The person has paused the consent"),
    CONSENT_ENDED(401, "invalid_token", "The consent has ended"),
    CONSENT_USED_UP(401, "invalid_token", "All permitted releases were made"),
    CONSENT_DAMAGED(401, "invalid_token", "The consent cannot be relied on"),
    RELEASE_TOO_OFTEN(429, "temporarily_unavailable", "The grant's limit for this period is reached"),
    CONSENT_NOT_IN_FORCE(401, "invalid_token", "There is no consent in force"),
    RELEASE_ABORTED(503, "temporarily_unavailable", "The release was dropped because it could not begin in time"),

    // Events
    EVENTS_NOT_REGISTERED(403, "access_denied", "The client is not registered for events"),

    // The resident's API
    GRANT_NOT_FOUND(404, "invalid_request", "There is no such grant"),
    CONSENT_NOT_PAUSED(409, "invalid_request", "The consent is not paused"),
    CONSENT_NOT_ACTIVE(409, "invalid_request", "The consent is not in force"),
    CONSENT_ALREADY_ENDED(409, "invalid_request", "The consent has already ended"),

    // Deletion after the end
    INVALID_ATTESTATION(400, "invalid_request", "The attestation was refused"),
    NOTHING_TO_DELETE(409, "invalid_request", "Nothing is to be deleted under this grant");

    private final int status;
    private final String oauthError;
    private final String title;

    FaultCode(int status, String oauthError, String title) {
        this.status = status;
        this.oauthError = oauthError;
        this.title = title;
    }

    /** The code on the wire, for example {@code consent_withdrawn}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status that goes with it, outside OAuth endpoints that fix another. */
    public int status() {
        return status;
    }

    /** The OAuth error it is sent as (RFC 6749 §5.2, RFC 9126 §2.3, RFC 9449 §5). */
    public String oauthError() {
        return oauthError;
    }

    /** One line that says what went wrong, the same for every occurrence (RFC 9457 §3.1.3). */
    public String title() {
        return title;
    }
}
