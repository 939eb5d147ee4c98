package io.consentry.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import io.consentry.client.Clients;
import io.consentry.client.KeySets;
import io.consentry.client.LenienciesUsed;
import io.consentry.client.Leniency;
import io.consentry.client.RegisteredClient;
import io.consentry.client.SignedHeader;
import io.consentry.http.Limits;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.consentry.token.TokenSettings;
import io.consentry.token.UsedJtis;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Authenticates a client in the one way that it is registered for: by its certificate (see {@link CertificateAuthenticator}),
 * or by {@code private_key_jwt} (RFC 7523 §3, FAPI 2.0 §5.3.2.1-6): ES256 or PS256, the issuer as the one audience, used once.
 * A client that is registered for leniencies ({@link Leniency}) may do what they allow.
 */
@ApplicationScoped
class ClientAuthenticator {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    private static final Set<JWSAlgorithm> LARGER_CURVES = Set.of(JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /** RFC 8725 §3.11, §3.12: a JWT that says it is something else is not taken for an assertion; most say nothing. */
    private static final Set<String> TYPES = Set.of("jwt", "client-authentication+jwt");

    /** FAPI 2.0 sets no limit; the longest that published clients of Myinfo use. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private final Clients clients;
    private final CertificateAuthenticator certificates;
    private final UsedJtis jtis;
    private final LenienciesUsed leniencies;
    private final Limits limits;
    private final CurrentVertxRequest current;
    private final InstantSource clock;
    private final Duration skew;
    private final String issuer;
    private final Set<String> endpoints;
    private final AssertionVerifier verifier;
    private final AssertionVerifier lenientVerifier;

    ClientAuthenticator(
            Clients clients,
            CertificateAuthenticator certificates,
            KeySets keys,
            UsedJtis jtis,
            LenienciesUsed leniencies,
            Limits limits,
            CurrentVertxRequest current,
            InstantSource clock,
            Settings settings,
            TokenSettings tokens) {
        this.clients = clients;
        this.certificates = certificates;
        this.jtis = jtis;
        this.leniencies = leniencies;
        this.limits = limits;
        this.current = current;
        this.clock = clock;
        this.skew = tokens.clockSkew();
        this.issuer = settings.issuer();
        this.endpoints = Set.of(issuer, issuer + "/par", issuer + "/token", issuer + "/revoke");
        var selector = new ClientKeySelector(keys);
        this.verifier = new AssertionVerifier(selector, Set.of(new Audience(issuer)), clock, skew);
        this.lenientVerifier = new AssertionVerifier(
                selector, endpoints.stream().map(Audience::new).collect(Collectors.toSet()), clock, skew);
    }

    /** The client that sent this form; throws the fault that says why it is not known to be anybody. */
    RegisteredClient authenticate(Form form) {
        return namedForTls(form).map(client -> byCertificate(client, form)).orElseGet(() -> byAssertion(form));
    }

    /** RFC 8705 §2: a client that authenticates over TLS says who it is in {@code client_id}. */
    private Optional<RegisteredClient> namedForTls(Form form) {
        return form.get("client_assertion").isPresent()
                ? Optional.empty()
                : form.get("client_id")
                        .flatMap(ClientAuthenticator::clientId)
                        .flatMap(clients::find)
                        .filter(client -> client.method().isByCertificate());
    }

    private RegisteredClient byCertificate(RegisteredClient client, Form form) {
        isActive(client);
        comesInOneWay(form);
        certificates.verify(client);
        limits.count(client.id());
        return client;
    }

    private RegisteredClient byAssertion(Form form) {
        PrivateKeyJWT assertion = parse(form);
        comesInOneWay(form);
        RegisteredClient client = registered(assertion.getClientID().getValue());
        isRegisteredForAssertions(client);
        isSignedAsAllowed(assertion, client);
        verify(assertion, client);
        saysToTheLetter(assertion, client);
        limits.count(client.id()); // before anything is written for it
        useOnce(assertion, client);
        noteLeniencies(assertion, client);
        return client;
    }

    /** RFC 6749 §2.3: what else a request says to prove who sent it is refused, and never just passed over. */
    private void comesInOneWay(Form form) {
        boolean secret = form.get("client_secret").isPresent();
        if (secret || current.getCurrent().request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            throw Fault.of(FaultCode.SEVERAL_CLIENT_AUTHENTICATIONS, "Authenticate in the registered way alone.")
                    .expecting("one", secret ? "a client_secret too" : "an Authorization header too")
                    .raise();
        }
    }

    /** The SDK refuses a {@code client_assertion_type} other than jwt-bearer (RFC 7523 §2.2). */
    private static PrivateKeyJWT parse(Form form) {
        if (form.get("client_assertion").isEmpty()) {
            throw Form.missing(FaultCode.MISSING_CLIENT_ASSERTION, "client_assertion")
                    .raise();
        }
        try {
            return PrivateKeyJWT.parse(form.asMap());
        } catch (ParseException e) {
            throw refused()
                    .expecting("a signed JWT with iss, sub, aud, exp and jti", e.getMessage())
                    .raise();
        }
    }

    private RegisteredClient registered(String id) {
        RegisteredClient client = clientId(id)
                .flatMap(clients::find)
                .orElseThrow(() -> Fault.of(FaultCode.UNKNOWN_CLIENT, "No client is registered under this identifier.")
                        .suggesting("Register the client, or check the iss and sub of its assertion.")
                        .raise());
        isActive(client);
        return client;
    }

    private static void isActive(RegisteredClient client) {
        if (!client.isActive()) {
            throw Fault.of(FaultCode.CLIENT_SUSPENDED, "Ask the operator why.").raise();
        }
    }

    /** Each client has one way to authenticate, and a second would be a way around the first. */
    private static void isRegisteredForAssertions(RegisteredClient client) {
        if (client.method().isByCertificate()) {
            throw refused()
                    .expecting("authentication by " + client.method().wire(), "a client assertion")
                    .raise();
        }
    }

    private static Optional<ClientId> clientId(String text) {
        try {
            return Optional.of(new ClientId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One of our algorithms, whatever the header says (FAPI 2.0 §5.4.1-1, RFC 8725 §3.1), and the {@code typ} of RFC 7523bis. */
    private static void isSignedAsAllowed(PrivateKeyJWT assertion, RegisteredClient client) {
        JWSHeader header = assertion.getClientAssertion().getHeader();
        boolean larger = client.strictness().allows(Leniency.ASSERTION_ALG_ES384_ES512)
                && LARGER_CURVES.contains(header.getAlgorithm());
        if (!larger && !ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused()
                    .expecting("alg ES256 or PS256", "alg " + header.getAlgorithm())
                    .raise();
        }
        if (SignedHeader.isCritical(header)) {
            throw refused()
                    .expecting("no crit", "crit " + header.getCriticalParams())
                    .raise();
        }
        if (header.getType() != null && !SignedHeader.isOneOf(TYPES, header.getType())) {
            throw refused()
                    .expecting("typ JWT, client-authentication+jwt or none", "typ " + header.getType())
                    .raise();
        }
    }

    private void verify(PrivateKeyJWT assertion, RegisteredClient client) {
        try {
            (mayNameEndpoints(client) ? lenientVerifier : verifier).verify(assertion, client);
        } catch (BadJWTException e) {
            throw refused()
                    .expecting("aud " + issuer + ", a signature by a registered key", e.getMessage())
                    .raise();
        } catch (JOSEException e) {
            throw refused().raise();
        }
    }

    /**
     * What the SDK reads more kindly than we may: an audience in an array (FAPI 2.0 §5.3.2.1-8, RFC 8725 §3.9), an identifier
     * with space or control characters around it (RFC 8725 §3.8), and an assertion from the future (FAPI 2.0 §5.3.2.1-13).
     */
    private void saysToTheLetter(PrivateKeyJWT assertion, RegisteredClient client) {
        Map<String, Object> claims = assertion.getClientAssertion().getPayload().toJSONObject();
        if (!issuer.equals(claims.get("aud")) && !(mayNameEndpoints(client) && namesOnlyUs(assertion))) {
            throw refused()
                    .expecting("aud " + issuer + " as a string", "another form of it")
                    .raise();
        }
        String id = client.id().value();
        if (!id.equals(claims.get("iss")) || !id.equals(claims.get("sub"))) {
            throw refused().expecting("iss and sub " + id, "another form of it").raise();
        }
        var issued = assertion.getJWTAuthenticationClaimsSet().getIssueTime();
        if (issued != null && issued.toInstant().isAfter(clock.instant().plus(skew))) {
            throw refused()
                    .expecting("iat not in the future", "iat " + issued.toInstant())
                    .raise();
        }
    }

    private void useOnce(PrivateKeyJWT assertion, RegisteredClient client) {
        var claims = assertion.getJWTAuthenticationClaimsSet();
        Instant expires = claims.getExpirationTime().toInstant();
        if (expires.isAfter(clock.instant().plus(LONGEST_LIFE).plus(skew))) {
            throw refused()
                    .expecting("exp at most 5 minutes ahead", "exp " + expires)
                    .raise();
        }
        if (claims.getJWTID() == null) {
            throw refused().expecting("a jti", null).raise();
        }
        String owner = "client/" + client.id();
        if (!jtis.useOnce(owner, claims.getJWTID().getValue(), expires.plus(skew))) {
            throw Fault.of(FaultCode.CLIENT_ASSERTION_REPLAYED, "Make a new assertion for each request.")
                    .raise();
        }
    }

    private static boolean mayNameEndpoints(RegisteredClient client) {
        return client.strictness().allows(Leniency.ASSERTION_AUDIENCE_ENDPOINT);
    }

    private boolean namesOnlyUs(PrivateKeyJWT assertion) {
        return assertion.getJWTAuthenticationClaimsSet().getAudience().stream()
                .allMatch(audience -> endpoints.contains(audience.getValue()));
    }

    private void noteLeniencies(PrivateKeyJWT assertion, RegisteredClient client) {
        if (LARGER_CURVES.contains(assertion.getClientAssertion().getHeader().getAlgorithm())) {
            leniencies.by(client.id(), Leniency.ASSERTION_ALG_ES384_ES512);
        }
        if (!issuer.equals(
                assertion.getClientAssertion().getPayload().toJSONObject().get("aud"))) {
            leniencies.by(client.id(), Leniency.ASSERTION_AUDIENCE_ENDPOINT);
        }
    }

    /** Each flaw of an assertion is an {@code invalid_client} (RFC 7523 §3.2). */
    private static Fault refused() {
        return Fault.of(FaultCode.INVALID_CLIENT_ASSERTION, "Check its audience, times, algorithm and key.");
    }
}
