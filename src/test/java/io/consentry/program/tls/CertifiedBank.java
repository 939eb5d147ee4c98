package io.consentry.program.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.SelfSignedTLSClientAuthentication;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.consentry.program.Bank;
import io.consentry.program.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A bank with a certificate, as the published Nimbus SDK makes one: it goes by the metadata and their aliases alone. */
final class CertifiedBank {

    static final URI REDIRECT = URI.create("https://bank.example/callback");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OIDCProviderMetadata server;
    private final Wire sandbox;
    private final ClientID id;
    private final SSLContext tls;
    private final Way way;
    private final @Nullable ECKey assertionKey;
    private final Optional<DefaultDPoPProofFactory> proofs;
    private final CodeVerifier verifier = new CodeVerifier();

    /** How the client authenticates. */
    enum Way {
        PKI,
        SELF_SIGNED,
        ASSERTION
    }

    CertifiedBank(
            Wire sandbox, URI base, String id, Way way, SSLContext tls, boolean dpop, @Nullable ECKey assertionKey)
            throws IOException, InterruptedException, ParseException, JOSEException {
        this.sandbox = sandbox;
        this.server =
                OIDCProviderMetadata.parse(sandbox.get(URI.create(base + "/fapi/.well-known/openid-configuration"))
                        .expect(200)
                        .body());
        this.id = new ClientID(id);
        this.way = way;
        this.tls = tls;
        this.assertionKey = assertionKey;
        this.proofs = dpop
                ? Optional.of(
                        new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256))
                : Optional.empty();
    }

    private ClientAuthentication authentication() throws JOSEException {
        return switch (way) {
            case PKI -> new PKITLSClientAuthentication(id, tls.getSocketFactory());
            case SELF_SIGNED -> new SelfSignedTLSClientAuthentication(id, tls.getSocketFactory());
            case ASSERTION ->
                new PrivateKeyJWT(
                        new JWTAuthenticationClaimsSet(id, new Audience(server.getIssuer())),
                        JWSAlgorithm.ES256,
                        java.util.Objects.requireNonNull(assertionKey).toPrivateKey(),
                        assertionKey.getKeyID(),
                        null);
        };
    }

    HTTPResponse push() throws Exception {
        var request = new AuthorizationRequest.Builder(new ResponseType(ResponseType.Value.CODE), id)
                .scope(new Scope("openid", "uinfin", "name"))
                .redirectionURI(REDIRECT)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        URI endpoint = server.getMtlsEndpointAliases().getPushedAuthorizationRequestEndpointURI();
        return send(new PushedAuthorizationRequest(endpoint, authentication(), request).toHTTPRequest());
    }

    /** Pushes, and has the person approve. */
    String code(String uinfin) throws Exception {
        URI requestUri =
                PushedAuthorizationResponse.parse(push()).toSuccessResponse().getRequestURI();
        return Bank.code(sandbox.json(
                "POST", URI.create(server.getIssuer().getValue()).resolve("/sandbox/decisions"), """
                {"client_id": "%s", "request_uri": "%s", "uinfin": "%s", "decision": "approve"}""".formatted(
                                id, requestUri, uinfin)));
    }

    HTTPResponse redeem(String code) throws Exception {
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), REDIRECT, verifier);
        URI endpoint = server.getMtlsEndpointAliases().getTokenEndpointURI();
        HTTPRequest request = new TokenRequest.Builder(endpoint, authentication(), grant)
                .build()
                .toHTTPRequest();
        if (proofs.isPresent()) {
            request.setDPoP(proofs.get().createDPoPJWT("POST", endpoint));
        }
        return send(request);
    }

    /** From the push to the token. */
    AccessToken token(String uinfin) throws Exception {
        return TokenResponse.parse(redeem(code(uinfin)))
                .toSuccessResponse()
                .getTokens()
                .getAccessToken();
    }

    HTTPResponse fetch(AccessToken token) throws Exception {
        var aliases = (com.nimbusds.openid.connect.sdk.op.ReadOnlyOIDCProviderEndpointMetadata)
                server.getMtlsEndpointAliases();
        URI endpoint = aliases.getUserInfoEndpointURI();
        var request = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
        request.setAuthorization(token.toAuthorizationHeader());
        if (token instanceof DPoPAccessToken bound) {
            request.setDPoP(proofs.orElseThrow().createDPoPJWT("GET", endpoint, bound));
        }
        return send(request);
    }

    HTTPResponse revoke(AccessToken token) throws Exception {
        return send(new TokenRevocationRequest(
                        server.getMtlsEndpointAliases().getRevocationEndpointURI(), authentication(), token)
                .toHTTPRequest());
    }

    static JsonNode json(HTTPResponse answer) throws IOException {
        return JSON.readTree(answer.getBody());
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        request.setSSLSocketFactory(tls.getSocketFactory());
        request.setReadTimeout(30_000);
        return request.send();
    }
}
