package io.consentry.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client asks to be registered as: the members of RFC 7591 §2 and OpenID Connect Registration §2 that mean something
 * here, and our own {@code legal_name}, {@code purpose}, {@code optional_scope}, {@code dpop_nonce_required} and {@code leniencies}. Nothing is checked yet but its form.
 *
 * @param clientId {@code client_id}
 * @param clientName {@code client_name}
 * @param legalName {@code legal_name}; the client's name when absent
 * @param redirectUris {@code redirect_uris}
 * @param keys {@code jwks} or {@code jwks_uri}
 * @param scope {@code scope}, split at spaces
 * @param optionalScope {@code optional_scope}, split at spaces; nothing when absent
 * @param purpose {@code purpose}; nobody is registered without one
 * @param grantTypes {@code grant_types}; {@code authorization_code} alone when absent
 * @param tokenEndpointAuthMethod {@code token_endpoint_auth_method}; {@code private_key_jwt} when absent
 * @param mutualTls the members of RFC 8705
 * @param idToken {@code id_token_signed_response_alg} and its fellows
 * @param userinfo {@code userinfo_signed_response_alg} and its fellows
 * @param signIn what it may ask of its people's sign-in
 * @param dpopNonceRequired {@code dpop_nonce_required}; false when absent
 * @param leniencies {@code leniencies}, by name; none when absent
 */
public record Registration(
        String clientId,
        String clientName,
        Optional<String> legalName,
        List<String> redirectUris,
        Keys keys,
        List<String> scope,
        List<String> optionalScope,
        Optional<String> purpose,
        List<String> grantTypes,
        String tokenEndpointAuthMethod,
        MutualTls mutualTls,
        Jose idToken,
        Jose userinfo,
        SignIn signIn,
        boolean dpopNonceRequired,
        List<String> leniencies) {

    public Registration {
        redirectUris = List.copyOf(redirectUris);
        scope = List.copyOf(scope);
        optionalScope = List.copyOf(optionalScope);
        grantTypes = List.copyOf(grantTypes);
        leniencies = List.copyOf(leniencies);
    }

    /** {@code jwks} as JSON text, {@code jwks_uri}, or, wrongly, both or neither. */
    public record Keys(Optional<String> jwks, Optional<String> jwksUri) {}

    /**
     * {@code tls_client_auth_subject_dn}, {@code tls_client_auth_san_dns}, the name of another member of RFC 8705 §2.1.2 that
     * is there, and {@code tls_client_certificate_bound_access_tokens} (§3.4); false when absent.
     */
    public record MutualTls(
            Optional<String> subjectDn,
            Optional<String> sanDns,
            Optional<String> otherSubject,
            boolean certificateBoundTokens) {}

    /**
     * {@code allowed_acr_values}, {@code authentication_context_types} and {@code app_launch_urls}, of our own, and {@code
     * default_max_age} (OpenID Connect Registration §2).
     */
    public record SignIn(
            List<String> acrValues, OptionalInt defaultMaxAge, List<String> contextTypes, List<String> appLaunchUrls) {

        public SignIn {
            acrValues = List.copyOf(acrValues);
            contextTypes = List.copyOf(contextTypes);
            appLaunchUrls = List.copyOf(appLaunchUrls);
        }
    }

    /** {@code …_signed_response_alg}, {@code …_encrypted_response_alg}, {@code …_encrypted_response_enc}. */
    public record Jose(Optional<String> signedAlg, Optional<String> encryptedAlg, Optional<String> encryptedEnc) {}
}
