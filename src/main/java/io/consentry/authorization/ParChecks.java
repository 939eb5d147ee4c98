package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.token.Bindings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a pushed authorization request must be: named checks, the most fundamental first. Each throws the fault it finds, or hands
 * on what it has read, so that nothing is read twice.
 */
@ApplicationScoped
class ParChecks {

    /** base64url of a SHA-256 hash (RFC 7636 §4.2). */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final Pattern THUMBPRINT = CHALLENGE;
    private static final int LONGEST_STATE = 2048;

    private final ScopeChecks scopeChecks;
    private final SignInRequestChecks signInChecks;

    ParChecks(ScopeChecks scopeChecks, SignInRequestChecks signInChecks) {
        this.scopeChecks = scopeChecks;
        this.signInChecks = signInChecks;
    }

    AuthorizationRequest check(PushedRequest request) {
        carriesNoRequestUri(request);
        carriesNoRequestObject(request);
        isByTheClientItNames(request);
        asksForACode(request);
        answersInTheQuery(request);
        URI redirectUri = returnsToARegisteredUri(request);
        returnsWhereTheAnswerIsOurs(redirectUri);
        String challenge = hasAPkceChallenge(request);
        hasShortStateAndNonce(request);
        ScopeChecks.Checked scope = scopeChecks.check(request);
        GrantManagement grant = GrantManagement.read(request.form());
        isBoundInOneWay(request);
        Optional<String> key = isBoundToTheKeyOfItsProof(request);
        SignInRequestChecks.Checked signIn = signInChecks.check(request, scope.scopes());

        Set<AttributeName> requested = scopeChecks.withClaims(scope, signIn.recordClaims(), request.client());
        return new AuthorizationRequest(
                request.client().id(),
                grant,
                scope.purpose().id(),
                requested,
                ScopeChecks.optional(grant, requested, request.client()),
                request.form().get("state"),
                new CodeTerms(redirectUri, request.form().get("nonce"), challenge, key, scope.protocol()),
                signIn.demand());
    }

    /** RFC 9126 §2.1: a pushed request cannot point to another. */
    private void carriesNoRequestUri(PushedRequest request) {
        if (request.form().get("request_uri").isPresent()) {
            throw Fault.of(FaultCode.REQUEST_URI_NOT_ALLOWED, "Push the parameters themselves.")
                    .raise();
        }
    }

    /** RFC 9101 is not offered; FAPI 2.0 does without it. */
    private void carriesNoRequestObject(PushedRequest request) {
        if (request.form().get("request").isPresent()) {
            throw Fault.of(FaultCode.REQUEST_OBJECT_NOT_SUPPORTED, "Push the parameters themselves.")
                    .raise();
        }
    }

    /** RFC 9126 §2: the client that authenticates is the one the request is for. */
    private void isByTheClientItNames(PushedRequest request) {
        String named = request.form().require("client_id");
        if (!named.equals(request.client().id().value())) {
            throw invalid("client_id")
                    .expecting(request.client().id().value(), named)
                    .raise();
        }
    }

    /** FAPI 2.0 §5.3.2.2-1 and RFC 6749 §3.1.1: the code flow only, and so no implicit grant (RFC 9700 §2.1.2). */
    private void asksForACode(PushedRequest request) {
        String type = request.form().require("response_type");
        if (!type.equals("code")) {
            throw Fault.of(FaultCode.UNSUPPORTED_RESPONSE_TYPE, "Send response_type=code.")
                    .expecting("code", type)
                    .raise();
        }
    }

    private void answersInTheQuery(PushedRequest request) {
        request.form()
                .get("response_mode")
                .filter(mode -> !mode.equals("query"))
                .ifPresent(mode -> {
                    throw invalid("response_mode")
                            .expecting("query, or none", mode)
                            .raise();
                });
    }

    /**
     * FAPI 2.0 §5.3.2.2-6, RFC 9126 §2.4 and RFC 9700 §2.1: present, and equal to a registered one to the letter
     * (RFC 6749 §3.1.2.3). Whatever leads back to the client goes there, so that we are nobody's open redirector
     * (FAPI 2.0 §5.3.2.1-7, RFC 6749 §10.15, RFC 9700 §4.11.2).
     */
    private URI returnsToARegisteredUri(PushedRequest request) {
        String uri = request.form().require("redirect_uri");
        List<URI> registered = request.client().redirectUris();
        return registered.stream()
                .filter(known -> known.toString().equals(uri))
                .findFirst()
                .orElseThrow(() -> Fault.of(
                                FaultCode.UNREGISTERED_REDIRECT_URI,
                                "Send one of the registered redirect URIs, to the letter.")
                        .expecting(registered.toString(), uri)
                        .raise());
    }

    /** RFC 9207 §2: what the answer says is there once, and said by us; an address that is registered from before may say it first. */
    private static void returnsWhereTheAnswerIsOurs(URI redirectUri) {
        RegisteredClient.answerFault(redirectUri).ifPresent(fault -> {
            throw Fault.of(
                            FaultCode.INVALID_PARAMETER,
                            "A redirect URI must " + fault + ". Have another one registered.")
                    .raise();
        });
    }

    /**
     * FAPI 2.0 §5.3.2.2-5: PKCE with S256 (RFC 7636 §4.3), of every client, so that a code is good in the visit that asked for
     * it only (RFC 9700 §2.1.1). Without a challenge the request is invalid (RFC 7636 §4.4.1); nobody can talk us out of
     * one (RFC 9700 §4.8.2).
     */
    private String hasAPkceChallenge(PushedRequest request) {
        String challenge = request.form()
                .get("code_challenge")
                .orElseThrow(() ->
                        Form.missing(FaultCode.MISSING_PKCE, "code_challenge").raise());
        String method = request.form().get("code_challenge_method").orElse("plain");
        if (!method.equals("S256")) {
            throw Fault.of(FaultCode.UNSUPPORTED_PKCE_METHOD, "Send code_challenge_method=S256.")
                    .expecting("S256", method)
                    .raise();
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw invalid("code_challenge")
                    .expecting("43 characters of base64url", challenge.length() + " characters")
                    .raise();
        }
        return challenge;
    }

    /** FAPI 2.0 §5.3.2.2-14 wants room for nonces of 64 characters; there is more. */
    private void hasShortStateAndNonce(PushedRequest request) {
        for (String name : List.of("state", "nonce")) {
            int length = request.form().get(name).map(String::length).orElse(0);
            if (length > LONGEST_STATE) {
                throw invalid(name)
                        .expecting("at most " + LONGEST_STATE + " characters", length + " characters")
                        .raise();
            }
        }
    }

    /** A key named here would be one that no token of this client is ever bound to. */
    private void isBoundInOneWay(PushedRequest request) {
        boolean namesAKey =
                request.proofKey().isPresent() || request.form().get("dpop_jkt").isPresent();
        if (namesAKey && request.client().certificateBoundTokens()) {
            throw Bindings.boundToACertificate().raise();
        }
    }

    /**
     * FAPI 2.0 §5.3.2.1-12: the code can be bound to a key as early as here. A proof and a {@code dpop_jkt} must then be of the
     * same one (RFC 9449 §10.1).
     */
    private Optional<String> isBoundToTheKeyOfItsProof(PushedRequest request) {
        request.form().get("dpop_jkt").ifPresent(jkt -> {
            if (!THUMBPRINT.matcher(jkt).matches()) {
                throw invalid("dpop_jkt")
                        .expecting("43 characters of base64url", null)
                        .raise();
            }
            request.proofKey().filter(key -> !key.equals(jkt)).ifPresent(key -> {
                throw Fault.of(FaultCode.DPOP_KEY_MISMATCH, "The dpop_jkt is not of the key that signed the proof.")
                        .expecting(key, jkt)
                        .raise();
            });
        });
        return request.form().get("dpop_jkt").or(request::proofKey);
    }

    static Fault invalid(String parameter) {
        return Fault.of(FaultCode.INVALID_PARAMETER, "The parameter " + parameter + " cannot be accepted.");
    }
}
