package io.consentry.sandbox;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWEDecryptionKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * A FAPI 2.0 client as a bank would write it: discovery, PAR, {@code private_key_jwt}, PKCE, DPoP, and opening the answer.
 * One instance is one visit of one customer: it holds that visit's DPoP key, state and verifier. Does not print.
 */
public final class RelyingParty {

    private final OIDCProviderMetadata server;
    private final ClientID clientId;
    private final JWKSet keys;
    private final ECKey dpopKey;
    private final DPoPProofFactory proofs;
    private final CodeVerifier verifier = new CodeVerifier();
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private final URI redirectUri;

    private RelyingParty(OIDCProviderMetadata server, String clientId, JWKSet keys, URI redirectUri)
            throws JOSEException {
        this.server = server;
        this.clientId = new ClientID(clientId);
        this.keys = keys;
        this.redirectUri = redirectUri;
        this.dpopKey = new ECKeyGenerator(Curve.P_256).generate();
        this.proofs = new DefaultDPoPProofFactory(dpopKey, JWSAlgorithm.ES256);
    }

    /** Begins a visit at an issuer; reads its metadata first. */
    public static RelyingParty visit(URI issuer, String clientId, JWKSet privateKeys, URI redirectUri)
            throws RelyingPartyException {
        return call(() ->
                new RelyingParty(OIDCProviderMetadata.resolve(new Issuer(issuer)), clientId, privateKeys, redirectUri));
    }

    /** Pushes the request. Returns its {@code request_uri}. */
    public String push(String scope) throws RelyingPartyException {
        return call(() -> {
            var request = new AuthorizationRequest.Builder(new ResponseType(ResponseType.Value.CODE), clientId)
                    .scope(Scope.parse(scope))
                    .redirectionURI(redirectUri)
                    .state(state)
                    .codeChallenge(verifier, CodeChallengeMethod.S256)
                    .customParameter("nonce", nonce.getValue())
                    .build();
            URI endpoint = server.getPushedAuthorizationRequestEndpointURI();
            HTTPRequest http = new PushedAuthorizationRequest(endpoint, assertion(), request).toHTTPRequest();
            http.setDPoP(proofs.createDPoPJWT("POST", endpoint));
            return JSONObjectUtils.getString(expect(201, http.send()).getBodyAsJSONObject(), "request_uri");
        });
    }

    /** Where to send the customer's browser with a pushed request. */
    public URI authorizationUri(String requestUri) throws RelyingPartyException {
        return call(() -> new AuthorizationRequest.Builder(URI.create(requestUri), clientId)
                .endpointURI(server.getAuthorizationEndpointURI())
                .build()
                .toURI());
    }

    /** The state that comes back with the customer. */
    public String state() {
        return state.getValue();
    }

    /** Redeems the code that came back. */
    public DPoPAccessToken redeem(String code) throws RelyingPartyException {
        return call(() -> {
            URI endpoint = server.getTokenEndpointURI();
            var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), redirectUri, verifier);
            HTTPRequest http = new TokenRequest.Builder(endpoint, assertion(), grant)
                    .build()
                    .toHTTPRequest();
            http.setDPoP(proofs.createDPoPJWT("POST", endpoint));
            var json = expect(200, http.send()).getBodyAsJSONObject();
            return DPoPAccessToken.parse(json);
        });
    }

    /** Fetches the record, opens it, and verifies who signed it, for whom. */
    public Map<String, Object> fetch(DPoPAccessToken token) throws RelyingPartyException {
        return call(() -> {
            URI endpoint = server.getUserInfoEndpointURI();
            var http = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
            http.setAuthorization(token.toAuthorizationHeader());
            http.setDPoP(proofs.createDPoPJWT("GET", endpoint, token));
            HTTPResponse answer = expect(200, http.send());
            return "application/jwt".equals(answer.getEntityContentType().getType())
                    ? open(answer.getBody()).toJSONObject()
                    : answer.getBodyAsJSONObject();
        });
    }

    private JWTClaimsSet open(String jwt)
            throws java.text.ParseException, BadJOSEException, JOSEException, IOException {
        JWKSource<SecurityContext> signers =
                JWKSourceBuilder.create(server.getJWKSetURI().toURL()).build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(DefaultJOSEObjectTypeVerifier.JWT);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, signers));
        processor.setJWEKeySelector(new JWEDecryptionKeySelector<>(
                JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier(new com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier<>(
                clientId.getValue(),
                new JWTClaimsSet.Builder().issuer(server.getIssuer().getValue()).build(),
                Set.of("sub", "iat", "person_info", "consent")));
        return processor.process(jwt, null);
    }

    private PrivateKeyJWT assertion() throws JOSEException {
        JWK key = keys.getKeys().stream()
                .filter(candidate -> KeyUse.SIGNATURE.equals(candidate.getKeyUse()))
                .findFirst()
                .orElseThrow(() -> new JOSEException("the client has no signing key"));
        var claims = new JWTAuthenticationClaimsSet(clientId, new Audience(server.getIssuer()));
        return key instanceof ECKey ec
                ? new PrivateKeyJWT(claims, JWSAlgorithm.ES256, ec.toPrivateKey(), key.getKeyID(), null)
                : new PrivateKeyJWT(claims, JWSAlgorithm.PS256, key.toRSAKey().toPrivateKey(), key.getKeyID(), null);
    }

    private static HTTPResponse expect(int status, HTTPResponse answer) throws RelyingPartyException {
        if (answer.getStatusCode() != status) {
            throw new RelyingPartyException("the service answered " + answer.getStatusCode() + ": " + answer.getBody());
        }
        return answer;
    }

    private interface Call<T> {
        T run()
                throws IOException, ParseException, JOSEException, BadJOSEException, GeneralException,
                        java.text.ParseException, RelyingPartyException;
    }

    private static <T> T call(Call<T> call) throws RelyingPartyException {
        try {
            return call.run();
        } catch (IOException | JOSEException | BadJOSEException | GeneralException | java.text.ParseException e) {
            throw new RelyingPartyException(e);
        }
    }

    @Override
    public String toString() {
        return "RelyingParty[" + clientId + "]";
    }
}
