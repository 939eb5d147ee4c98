package io.consentry.client;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client as it is registered. Whoever holds one can trust that it is sound; what a client may do is in it and nowhere
 * else.
 *
 * @param id its identifier
 * @param name what residents know it as
 * @param legalName the legal entity behind it
 * @param redirectUris where answers may go; compared as exact strings (RFC 9700 §2.1)
 * @param jwks its public keys as a JWK set in JSON; either this or {@code jwksUri}
 * @param jwksUri where it publishes its keys
 * @param scope every attribute it may ask for, in catalogue order
 * @param optionalScope those of them that a person may decline
 * @param protocolScopes those of {@link #PROTOCOL_SCOPES} that it may ask for
 * @param purpose the code of the one purpose for which it asks
 * @param grantTypes how it may get tokens
 * @param method how it authenticates
 * @param certificateBoundTokens whether its access tokens are bound to its TLS certificate (RFC 8705 §3) rather than to a
 *     DPoP key
 * @param idToken how its ID tokens are protected; always signed
 * @param userinfo how the personal data is protected
 * @param signIn what it may ask of its people's sign-in
 * @param strictness where it is held to more than others, or to less
 * @param status whether it may use the service
 * @param version counts up with every change
 */
public record RegisteredClient(
        ClientId id,
        String name,
        String legalName,
        List<URI> redirectUris,
        Optional<String> jwks,
        Optional<URI> jwksUri,
        Set<AttributeName> scope,
        Set<AttributeName> optionalScope,
        Set<String> protocolScopes,
        String purpose,
        Set<GrantType> grantTypes,
        TokenEndpointAuth method,
        boolean certificateBoundTokens,
        JoseRegistration idToken,
        JoseRegistration userinfo,
        SignInPolicy signIn,
        Strictness strictness,
        ClientStatus status,
        int version) {

    /** Scopes that ask for no attribute of the catalogue: OpenID's own, and Singpass' identity in the ID token. */
    public static final Set<String> PROTOCOL_SCOPES = Set.of("openid", "user.identity");

    /** What a login client may be registered for (Singpass: login and Myinfo are clients of their own). */
    static final Set<String> LOGIN_SCOPES = Set.of("openid", "user.identity", "name", "email", "mobileno");

    static final AttributeName IDENTITY_NUMBER = new AttributeName("uinfin");

    public RegisteredClient {
        require(
                !name.isBlank() && !legalName.isBlank() && !purpose.isBlank(),
                "name, legal name and purpose are given");
        redirectUris = List.copyOf(redirectUris);
        require(!redirectUris.isEmpty(), "there is a redirect URI");
        redirectUris.forEach(uri -> require(RedirectUris.fault(uri).isEmpty(), "redirect URIs are safe"));
        require(jwks.isPresent() != jwksUri.isPresent(), "keys are inline or at an address");
        scope = Collections.unmodifiableSet(new LinkedHashSet<>(scope));
        optionalScope = Collections.unmodifiableSet(new LinkedHashSet<>(optionalScope));
        protocolScopes = Set.copyOf(protocolScopes);
        grantTypes = Set.copyOf(grantTypes);
        require(scope.containsAll(optionalScope), "optional scopes are among the scopes");
        require(PROTOCOL_SCOPES.containsAll(protocolScopes), "protocol scopes are known");
        require(!scope.isEmpty() || !protocolScopes.isEmpty(), "something may be asked for");
        require(grantTypes.contains(GrantType.AUTHORIZATION_CODE), "people can be asked");
        require(idToken.isSigned(), "ID tokens are signed");
        require(!signIn.isLogin() || idToken.isEncrypted(), "an ID token with facts about a person is encrypted");
        require(version >= 0, "versions count from 0");
    }

    /** What a protocol scope asks for beside what it means to the protocol: of a login client, who the person is. */
    public Set<AttributeName> attributesOf(String protocolScope) {
        return signIn.isLogin() && protocolScope.equals("user.identity") ? Set.of(IDENTITY_NUMBER) : Set.of();
    }

    /** Whether the client may use the service. */
    public boolean isActive() {
        return status == ClientStatus.ACTIVE;
    }

    /**
     * Why no answer may be sent to an address, in words that finish "a redirect URI must …". Registration asks the same, and has not
     * always done so.
     */
    public static Optional<String> answerFault(URI redirectUri) {
        return RedirectUris.queryFault(redirectUri);
    }

    /** Whether the client is registered for this way to a token. */
    public boolean mayUse(GrantType type) {
        return grantTypes.contains(type);
    }

    /** The same client, for a token that was narrowed: it may have these attributes only. */
    public RegisteredClient within(Set<AttributeName> some) {
        var less = new LinkedHashSet<>(scope);
        less.retainAll(some);
        var lessOptional = new LinkedHashSet<>(optionalScope);
        lessOptional.retainAll(some);
        return new RegisteredClient(
                id,
                name,
                legalName,
                redirectUris,
                jwks,
                jwksUri,
                less,
                lessOptional,
                protocolScopes,
                purpose,
                grantTypes,
                method,
                certificateBoundTokens,
                idToken,
                userinfo,
                signIn,
                strictness,
                status,
                version);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("a registered client must see that " + rule);
        }
    }
}
