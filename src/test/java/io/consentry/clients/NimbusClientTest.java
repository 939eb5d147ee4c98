package io.consentry.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWEDecryptionKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
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
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.consentry.testing.Browser;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nimbus' oauth2-oidc-sdk as a client: every message is made and read by the library. As OpenID Connect it validates the ID
 * token in full ({@code IDTokenValidator}: signature, issuer, audience, times, nonce, decryption where registered) and the
 * UserInfo by signature, issuer, audience and the ID token's subject; as plain OAuth it gets no ID token, and the record is
 * validated the same way but for the subject.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class NimbusClientTest {

    private final CodeVerifier verifier = new CodeVerifier();
    private final State state = new State();
    private final Nonce nonce = new Nonce();

    private TestClient client;
    private ClientID id;
    private DPoPProofFactory proofs;

    private void be(String clientId) throws JOSEException {
        client = TestClient.ready(clientId);
        id = new ClientID(clientId);
        boolean rsa = client.signingKey().getKeyType().equals(KeyType.RSA);
        proofs = rsa
                ? new DefaultDPoPProofFactory(TestClient.rsaKey(2048), JWSAlgorithm.PS256)
                : new DefaultDPoPProofFactory(
                        TestClient.ecKey(com.nimbusds.jose.jwk.KeyUse.SIGNATURE), JWSAlgorithm.ES256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbour-bank", "plain-lender", "orchard-finance", "kopi-rental"})
    void runsTheWholeFlowAsOpenIdConnect(String clientId) throws Exception {
        be(clientId);
        var server = OIDCProviderMetadata.resolve(new Issuer(Service.issuer()));
        var request = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        Scope.parse(client.scope()),
                        id,
                        URI.create(client.redirectUri()))
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();

        URI back = decide(server, push(server, request));
        var answer = AuthenticationResponseParser.parse(back).toSuccessResponse();
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(server.getIssuer());
        HTTPResponse tokens =
                send(redemption(server, answer.getAuthorizationCode().getValue()));
        OIDCTokenResponse redeemed =
                ((OIDCTokenResponse) OIDCTokenResponseParser.parse(tokens).toSuccessResponse());
        var person = new IDTokenValidator(server.getIssuer(), id, signers(server), recipient())
                .validate(redeemed.getOIDCTokens().getIDToken(), nonce);
        DPoPAccessToken access = redeemed.getOIDCTokens().getDPoPAccessToken();
        HTTPRequest fetch = new UserInfoRequest(server.getUserInfoEndpointURI(), access).toHTTPRequest();
        fetch.setDPoP(proofs.createDPoPJWT("GET", server.getUserInfoEndpointURI(), access));
        var record = UserInfoResponse.parse(send(fetch)).toSuccessResponse();
        JWTClaimsSet claims = record.getUserInfoJWT() == null
                ? record.getUserInfo().toJWTClaimsSet()
                : opener(server).process(record.getUserInfoJWT(), null);

        assertThat(claims.getSubject()).isEqualTo(person.getSubject().getValue());
        assertThat((Map<?, ?>) claims.getClaim("person_info")).isNotEmpty();
        revoke(server, access, fetch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbour-bank", "plain-lender", "orchard-finance", "kopi-rental"})
    void runsTheWholeFlowAsPlainOauth(String clientId) throws Exception {
        be(clientId);
        var server = AuthorizationServerMetadata.resolve(new Issuer(Service.issuer()));
        var request = new AuthorizationRequest.Builder(new ResponseType(ResponseType.Value.CODE), id)
                .scope(Scope.parse(client.scope().replace("openid ", "")))
                .redirectionURI(URI.create(client.redirectUri()))
                .state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();

        var answer = AuthorizationResponse.parse(decide(server, push(server, request)))
                .toSuccessResponse();
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(server.getIssuer());
        HTTPResponse tokens =
                send(redemption(server, answer.getAuthorizationCode().getValue()));
        assertThat(tokens.getBodyAsJSONObject()).doesNotContainKey("id_token");
        DPoPAccessToken access =
                TokenResponse.parse(tokens).toSuccessResponse().getTokens().getDPoPAccessToken();
        URI resource = URI.create(Service.issuer() + "/userinfo");
        var fetch = new HTTPRequest(HTTPRequest.Method.GET, resource);
        fetch.setAuthorization(access.toAuthorizationHeader());
        fetch.setDPoP(proofs.createDPoPJWT("GET", resource, access));
        HTTPResponse record = send(fetch);
        JWTClaimsSet claims = record.getEntityContentType().getType().equals("application/jwt")
                ? opener(server).process(record.getBody(), null)
                : JWTClaimsSet.parse(record.getBodyAsJSONObject());

        assertThat((Map<?, ?>) claims.getClaim("person_info")).isNotEmpty();
        revoke(server, access, fetch);
    }

    private URI push(AuthorizationServerMetadata server, AuthorizationRequest request) throws Exception {
        URI endpoint = server.getPushedAuthorizationRequestEndpointURI();
        HTTPRequest http = new PushedAuthorizationRequest(endpoint, assertion(), request).toHTTPRequest();
        http.setDPoP(proofs.createDPoPJWT("POST", endpoint));
        return PushedAuthorizationResponse.parse(send(http)).toSuccessResponse().getRequestURI();
    }

    private URI decide(AuthorizationServerMetadata server, URI requestUri) {
        URI address = new AuthorizationRequest.Builder(requestUri, id)
                .endpointURI(server.getAuthorizationEndpointURI())
                .build()
                .toURI();
        String page = Browser.follow(Call.to("GET", address.toString()));
        return Browser.of(ClientFlow.COMPLETE).approve(page);
    }

    private HTTPRequest redemption(AuthorizationServerMetadata server, String code) throws Exception {
        URI endpoint = server.getTokenEndpointURI();
        var grant = new AuthorizationCodeGrant(
                new com.nimbusds.oauth2.sdk.AuthorizationCode(code), URI.create(client.redirectUri()), verifier);
        HTTPRequest http =
                new TokenRequest.Builder(endpoint, assertion(), grant).build().toHTTPRequest();
        http.setDPoP(proofs.createDPoPJWT("POST", endpoint));
        return http;
    }

    private void revoke(AuthorizationServerMetadata server, DPoPAccessToken access, HTTPRequest fetch)
            throws Exception {
        var revocation = new TokenRevocationRequest(server.getRevocationEndpointURI(), assertion(), access);
        assertThat(send(revocation.toHTTPRequest()).getStatusCode()).isEqualTo(200);

        fetch.setDPoP(proofs.createDPoPJWT("GET", fetch.getURI(), access));
        assertThat(send(fetch).getStatusCode()).isEqualTo(401);
    }

    private static HTTPResponse send(HTTPRequest request) throws Exception {
        request.setConnectTimeout(2_000);
        request.setReadTimeout(15_000);
        return request.send();
    }

    private DefaultJWTProcessor<SecurityContext> opener(AuthorizationServerMetadata server) throws Exception {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(signers(server));
        processor.setJWEKeySelector(new JWEDecryptionKeySelector<>(
                JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM, new ImmutableJWKSet<>(client.keys())));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                client.id(),
                new JWTClaimsSet.Builder().issuer(Service.issuer()).build(),
                Set.of("sub", "iat", "person_info", "consent")));
        return processor;
    }

    private static JWSVerificationKeySelector<SecurityContext> signers(AuthorizationServerMetadata server)
            throws Exception {
        return new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                JWKSourceBuilder.<SecurityContext>create(server.getJWKSetURI().toURL())
                        .build());
    }

    private JWEDecryptionKeySelector<SecurityContext> recipient() {
        return new JWEDecryptionKeySelector<>(
                JWEAlgorithm.ECDH_ES_A256KW,
                EncryptionMethod.A256CBC_HS512,
                new ImmutableJWKSet<>(new JWKSet(client.keys().getKeys())));
    }

    private PrivateKeyJWT assertion() throws JOSEException {
        JWK key = client.signingKey();
        var claims = new JWTAuthenticationClaimsSet(id, new Audience(Service.issuer()));
        return key instanceof ECKey ec
                ? new PrivateKeyJWT(claims, JWSAlgorithm.ES256, ec.toPrivateKey(), key.getKeyID(), null)
                : new PrivateKeyJWT(claims, JWSAlgorithm.PS256, key.toRSAKey().toPrivateKey(), key.getKeyID(), null);
    }
}
