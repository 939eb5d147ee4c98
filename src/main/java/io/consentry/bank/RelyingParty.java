package io.consentry.bank;

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
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
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
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * A FAPI 2.0 client as a bank would write it: discovery, PAR, {@code private_key_jwt}, PKCE, DPoP, and opening the answer.
 * One instance is one visit of one customer: it holds that visit's DPoP key, state and verifier. Does not print.
 */
public final class RelyingParty {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 15_000;

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
            return JSONObjectUtils.getString(expect(201, send(http)).getBodyAsJSONObject(), "request_uri");
        });
    }

    /** Where to send the customer's browser with a pushed request. */
    public URI authorizationUri(String requestUri) throws RelyingPartyException {
        return call(() -> new AuthorizationRequest.Builder(URI.create(requestUri), clientId)
                .endpointURI(server.getAuthorizationEndpointURI())
                .build()
                .toURI());
    }

    /** What the customer's browser brought back. */
    public sealed interface Returned {

        /** The person approved. Does not print. */
        record Code(String value) implements Returned {

            @Override
            public String toString() {
                return "Code[redacted]";
            }
        }

        /** Nothing was approved; {@code error} is a registered code (RFC 6749 §4.1.2.1), not for display. */
        record Refused(String error) implements Returned {}
    }

    /** Reads the callback; refuses one that names another state, or another issuer or none (RFC 9207 §2.4). */
    public Returned read(URI callback) throws RelyingPartyException {
        return call(() -> {
            AuthorizationResponse response = AuthorizationResponse.parse(callback);
            if (!state.equals(response.getState())) {
                throw new RelyingPartyException("the redirect carries another state");
            }
            if (!server.getIssuer().equals(response.getIssuer())) {
                throw new RelyingPartyException("the redirect carries another issuer, or none");
            }
            if (!response.indicatesSuccess()) {
                return new Returned.Refused(
                        response.toErrorResponse().getErrorObject().getCode());
            }
            AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
            if (code == null) {
                throw new RelyingPartyException("the redirect carries no code");
            }
            return new Returned.Code(code.getValue());
        });
    }

    /** What a code was redeemed for: the token, and who the ID token says the customer is. Does not print. */
    public record Tokens(DPoPAccessToken access, String subject) {

        @Override
        public String toString() {
            return "Tokens[redacted]";
        }
    }

    /** Redeems the code that came back, and verifies the ID token that comes with the access token (OIDC Core §3.1.3.7). */
    public Tokens redeem(String code) throws RelyingPartyException {
        return call(() -> {
            URI endpoint = server.getTokenEndpointURI();
            var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), redirectUri, verifier);
            HTTPRequest http = new TokenRequest.Builder(endpoint, assertion(), grant)
                    .build()
                    .toHTTPRequest();
            http.setDPoP(proofs.createDPoPJWT("POST", endpoint));
            OIDCTokenResponse answer =
                    OIDCTokenResponse.parse(expect(200, send(http)).getBodyAsJSONObject());
            IDTokenClaimsSet person = new IDTokenValidator(server.getIssuer(), clientId, signers(), recipient())
                    .validate(answer.getOIDCTokens().getIDToken(), nonce);
            return new Tokens(
                    answer.getOIDCTokens().getDPoPAccessToken(),
                    person.getSubject().getValue());
        });
    }

    /** Fetches the record, opens it, and verifies who signed it, for whom, and of whom (OIDC Core §5.3.2). */
    public Map<String, Object> fetch(Tokens tokens) throws RelyingPartyException {
        return call(() -> {
            URI endpoint = server.getUserInfoEndpointURI();
            var http = new HTTPRequest(HTTPRequest.Method.GET, endpoint);
            http.setAuthorization(tokens.access().toAuthorizationHeader());
            http.setDPoP(proofs.createDPoPJWT("GET", endpoint, tokens.access()));
            HTTPResponse answer = expect(200, send(http));
            Map<String, Object> record =
                    "application/jwt".equals(answer.getEntityContentType().getType())
                            ? open(answer.getBody()).toJSONObject()
                            : answer.getBodyAsJSONObject();
            if (!tokens.subject().equals(record.get("sub"))) {
                throw new RelyingPartyException("the record is about somebody else than the ID token");
            }
            return record;
        });
    }

    private JWTClaimsSet open(String jwt)
            throws java.text.ParseException, BadJOSEException, JOSEException, IOException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(DefaultJOSEObjectTypeVerifier.JWT);
        processor.setJWSKeySelector(signers());
        processor.setJWEKeySelector(new JWEDecryptionKeySelector<>(
                JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier(new com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier<>(
                clientId.getValue(),
                new JWTClaimsSet.Builder().issuer(server.getIssuer().getValue()).build(),
                Set.of("sub", "iat", "person_info", "consent")));
        return processor.process(jwt, null);
    }

    private JWSVerificationKeySelector<SecurityContext> signers() throws IOException {
        JWKSource<SecurityContext> published =
                JWKSourceBuilder.create(server.getJWKSetURI().toURL()).build();
        return new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, published);
    }

    /** How ID tokens are opened by clients that registered for encrypted ones. */
    private JWEDecryptionKeySelector<SecurityContext> recipient() {
        return new JWEDecryptionKeySelector<>(
                JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256CBC_HS512, new ImmutableJWKSet<>(keys));
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

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(READ_MILLIS);
        return request.send();
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
