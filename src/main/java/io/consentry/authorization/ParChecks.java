package io.consentry.authorization;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.token.Bindings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private final Catalogue catalogue;
    private final SignInRequestChecks signInChecks;

    ParChecks(Catalogue catalogue, SignInRequestChecks signInChecks) {
        this.catalogue = catalogue;
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
        List<String> scopes = asksForKnownScopes(request);
        asksForRegisteredScopes(request.client(), scopes);
        Purpose purpose = hasAPurpose(request.client());
        Set<AttributeName> attributes = staysWithinItsPurpose(request.client(), scopes, purpose);
        GrantManagement grant = GrantManagement.read(request.form());
        isBoundInOneWay(request);
        Optional<String> key = isBoundToTheKeyOfItsProof(request);
        SignInRequestChecks.Checked signIn = signInChecks.check(request, scopes);

        Set<AttributeName> requested = withClaims(attributes, signIn.recordClaims(), request.client(), purpose);
        return new AuthorizationRequest(
                request.client().id(),
                grant,
                purpose.id(),
                requested,
                optional(grant, requested, request.client()),
                request.form().get("state"),
                new CodeTerms(
                        redirectUri,
                        request.form().get("nonce"),
                        challenge,
                        key,
                        scopes.stream()
                                .filter(RegisteredClient.PROTOCOL_SCOPES::contains)
                                .toList()),
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

    /** RFC 6749 §3.3: every scope must be one that exists. */
    private List<String> asksForKnownScopes(PushedRequest request) {
        List<String> scopes = Arrays.stream(request.form().require("scope").split(" "))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (scopes.isEmpty()) {
            throw invalid("scope").expecting("at least one scope", null).raise();
        }
        for (String scope : scopes) {
            if (catalogue.expand(scope).isEmpty() && !RegisteredClient.PROTOCOL_SCOPES.contains(scope)) {
                throw Fault.of(FaultCode.UNKNOWN_SCOPE, "Ask for scopes of the catalogue.")
                        .expecting("scopes of the catalogue", scope)
                        .raise();
            }
        }
        return scopes;
    }

    /** Promise 3: nothing beyond what is registered. */
    private void asksForRegisteredScopes(RegisteredClient client, List<String> scopes) {
        for (String scope : scopes) {
            Set<AttributeName> attributes = catalogue.expand(scope);
            boolean registered = client.protocolScopes().contains(scope)
                    || (!attributes.isEmpty() && client.scope().containsAll(attributes));
            if (!registered) {
                throw Fault.of(FaultCode.UNREGISTERED_SCOPE, "Ask for scopes that the client is registered for.")
                        .expecting("a registered scope", scope)
                        .raise();
            }
        }
    }

    private Purpose hasAPurpose(RegisteredClient client) {
        return catalogue
                .purpose(client.purpose())
                .orElseThrow(
                        () -> Fault.of(FaultCode.SCOPE_EXCEEDS_PURPOSE, "Nobody may ask for this purpose any more.")
                                .raise());
    }

    /** The purpose template says what a client of this kind may ask for; what is beyond it is named. */
    private Set<AttributeName> staysWithinItsPurpose(RegisteredClient client, List<String> scopes, Purpose purpose) {
        Set<AttributeName> asked = scopes.stream()
                .flatMap(scope -> Stream.concat(catalogue.expand(scope).stream(), client.attributesOf(scope).stream()))
                .collect(Collectors.toUnmodifiableSet());
        SortedSet<AttributeName> excess = purpose.excess(asked);
        if (!excess.isEmpty()) {
            throw Fault.of(FaultCode.SCOPE_EXCEEDS_PURPOSE, "Leave out what the purpose does not need.")
                    .expecting("what " + purpose.id() + " allows", "also " + excess)
                    .raise();
        }
        return asked;
    }

    /**
     * What {@code claims} adds for the record (OpenID Connect Core §5.5): attributes by their names, as scopes do, within what
     * is registered and its purpose allows. Whatever else it names is ignored.
     */
    private Set<AttributeName> withClaims(
            Set<AttributeName> asked, Set<String> claims, RegisteredClient client, Purpose purpose) {
        return Stream.concat(
                        asked.stream(),
                        claims.stream()
                                .flatMap(name -> catalogue.expand(name).stream())
                                .filter(client.scope()::contains)
                                .filter(purpose.attributes()::contains))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<AttributeName> optional(
            GrantManagement grant, Set<AttributeName> requested, RegisteredClient client) {
        return switch (grant) {
            case GrantManagement.Create anew ->
                requested.stream().filter(client.optionalScope()::contains).collect(Collectors.toUnmodifiableSet());
            case GrantManagement.Amend change -> client.optionalScope();
        };
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

    private static Fault invalid(String parameter) {
        return Fault.of(FaultCode.INVALID_PARAMETER, "The parameter " + parameter + " cannot be accepted.");
    }
}
