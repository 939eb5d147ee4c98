package io.consentry.authorization;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderEndpointMetadata;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.ClientScope;
import io.consentry.client.JoseRegistration;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Settings;
import io.consentry.person.Assurance;
import io.consentry.tls.MutualTls;
import io.consentry.token.Endpoints;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.minidev.json.JSONObject;

/**
 * What the server says of itself (FAPI 2.0 §5.3.2.1-1): the members of RFC 8414 §2 and OpenID Connect Discovery §3, so that a
 * client need not guess what is supported (RFC 9700 §2.6). Made once, at start.
 */
@ApplicationScoped
class Metadata {

    private static final List<JWSAlgorithm> ACCEPTED = List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256);
    private static final List<JWSAlgorithm> OURS =
            JoseRegistration.SIGNING.stream().map(JWSAlgorithm::parse).toList();
    private static final List<JWEAlgorithm> KEY_MANAGEMENT =
            JoseRegistration.KEY_MANAGEMENT.stream().map(JWEAlgorithm::parse).toList();
    private static final List<EncryptionMethod> CONTENT =
            JoseRegistration.CONTENT.stream().map(EncryptionMethod::parse).toList();

    private static final String GRANT_MANAGEMENT = "grant_management_endpoint";

    private final String document;

    Metadata(Settings settings, Catalogue catalogue, MutualTls mutualTls, Endpoints endpoints) {
        OIDCProviderMetadata metadata = describe(settings, catalogue);
        if (mutualTls.base().isPresent()) {
            describeMutualTls(metadata, mutualTls);
        }
        JSONObject members = metadata.toJSONObject();
        aliases(endpoints).ifPresent(aliases -> members.put("mtls_endpoint_aliases", aliases));
        this.document = members.toJSONString();
    }

    /** Both documents are the same JSON: OpenID's members are unknown ones to RFC 8414, and may be there. */
    String document() {
        return document;
    }

    private static OIDCProviderMetadata describe(Settings settings, Catalogue catalogue) {
        String issuer = settings.issuer();
        var metadata = new OIDCProviderMetadata(
                new Issuer(issuer), // RFC 8414 §3.3: the one of the document's own address
                List.of(SubjectType.PAIRWISE),
                URI.create(settings.baseUrl() + "/.well-known/keys"));
        metadata.setAuthorizationEndpointURI(URI.create(issuer + "/auth"));
        metadata.setTokenEndpointURI(URI.create(issuer + "/token"));
        metadata.setUserInfoEndpointURI(URI.create(issuer + "/userinfo"));
        metadata.setPushedAuthorizationRequestEndpointURI(URI.create(issuer + "/par"));
        metadata.setRevocationEndpointURI(URI.create(issuer + "/revoke"));
        metadata.setRevocationEndpointAuthMethods(List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
        metadata.setRevocationEndpointJWSAlgs(ACCEPTED);
        metadata.requiresPushedAuthorizationRequests(true); // RFC 9126 §5
        metadata.setSupportsAuthorizationResponseIssuerParam(true); // RFC 9207 §3
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(
                List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setScopes(scopes(catalogue));
        metadata.setTokenEndpointAuthMethods(List.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
        metadata.setTokenEndpointJWSAlgs(ACCEPTED);
        metadata.setDPoPJWSAlgs(ACCEPTED); // RFC 9449 §5.1
        metadata.setIDTokenJWSAlgs(OURS);
        metadata.setIDTokenJWEAlgs(KEY_MANAGEMENT);
        metadata.setIDTokenJWEEncs(CONTENT);
        metadata.setUserInfoJWSAlgs(OURS);
        metadata.setUserInfoJWEAlgs(KEY_MANAGEMENT);
        metadata.setUserInfoJWEEncs(CONTENT);
        metadata.setClaims(List.of(
                "iss",
                "sub",
                "aud",
                "iat",
                "exp",
                "nonce",
                "auth_time",
                "amr",
                "acr",
                "sub_type",
                "sub_attributes",
                "person_info",
                "consent"));
        metadata.setSupportsClaimsParams(true);
        metadata.setACRs(Arrays.stream(Assurance.values())
                .map(level -> new ACR(level.acr()))
                .toList());
        metadata.setPromptTypes(
                List.of(Prompt.Type.NONE, Prompt.Type.LOGIN, Prompt.Type.CONSENT, Prompt.Type.SELECT_ACCOUNT));
        metadata.setSupportsRequestURIParam(false);
        metadata.setSupportsRequestParam(false);
        // Grant Management for OAuth 2.0 §7.1: a grant is at this address with its identifier.
        metadata.setCustomParameter(GRANT_MANAGEMENT, issuer + "/grants");
        metadata.setCustomParameter("grant_management_actions_supported", GrantManagement.ACTIONS);
        metadata.setCustomParameter("grant_management_action_required", false);
        return metadata;
    }

    /** RFC 8705 §5: where each endpoint takes clients with certificates; empty when mutual TLS is off. */
    private static Optional<JSONObject> aliases(Endpoints endpoints) {
        return endpoints.alias("/token").map(token -> {
            var aliases = new OIDCProviderEndpointMetadata();
            aliases.setTokenEndpointURI(token);
            aliases.setPushedAuthorizationRequestEndpointURI(
                    endpoints.alias("/par").orElseThrow());
            aliases.setUserInfoEndpointURI(endpoints.alias("/userinfo").orElseThrow());
            aliases.setRevocationEndpointURI(endpoints.alias("/revoke").orElseThrow());
            JSONObject members = aliases.toJSONObject();
            members.put(
                    GRANT_MANAGEMENT, endpoints.alias("/grants").orElseThrow().toString());
            return members;
        });
    }

    /** RFC 8705 §3.3, and its methods beside {@code private_key_jwt}; each client is registered for one. */
    private static void describeMutualTls(OIDCProviderMetadata metadata, MutualTls mutualTls) {
        metadata.setSupportsTLSClientCertificateBoundAccessTokens(true);
        List<ClientAuthenticationMethod> methods = new ArrayList<>();
        methods.add(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        if (mutualTls.knowsAuthorities()) {
            methods.add(ClientAuthenticationMethod.TLS_CLIENT_AUTH);
        }
        methods.add(ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH);
        metadata.setTokenEndpointAuthMethods(methods);
        metadata.setRevocationEndpointAuthMethods(methods);
    }

    private static Scope scopes(Catalogue catalogue) {
        var scope = new Scope();
        RegisteredClient.PROTOCOL_SCOPES.stream().sorted().forEach(scope::add);
        catalogue.all().forEach(attribute -> scope.add(attribute.name().value()));
        Stream.of(ClientScope.values()).map(ClientScope::wire).forEach(scope::add);
        return scope;
    }
}
