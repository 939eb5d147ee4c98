package io.consentry.client;

import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.Registration.Jose;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.outbound.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a registration into a sound client, or says which member stands in the way and why. Every check fails closed; the
 * first that fails is the answer.
 */
final class RegistrationChecks {

    /** Letters, digits and ordinary signs; no line breaks and none of the marks that turn a text's direction. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\u2028\u2029]{1,100}");

    private static final int MOST_REDIRECT_URIS = 20;
    private static final int LONGEST_REDIRECT_URI = 1_000;

    private final Catalogue catalogue;
    private final boolean plainAllowed;

    /** With {@code plainAllowed}, personal data may go out unencrypted, and keys come so: in the sandbox only. */
    RegistrationChecks(Catalogue catalogue, boolean plainAllowed) {
        this.catalogue = catalogue;
        this.plainAllowed = plainAllowed;
    }

    /** The client, active and in its first version. */
    RegisteredClient check(Registration asked) throws RefusedException {
        ClientId id = id(asked);
        String name = name("client_name", asked.clientName());
        String legalName = name("legal_name", asked.legalName().orElse(asked.clientName()));
        List<URI> redirectUris = redirectUris(asked);
        Set<GrantType> grantTypes = GrantTypeChecks.check(asked);
        TokenEndpointAuth method = AuthenticationChecks.method(asked);
        JoseRegistration idToken = idToken(asked);
        JoseRegistration userinfo = userinfo(asked);
        SignInPolicy signIn = SignInChecks.check(asked, idToken);
        Strictness strictness = strictness(asked);
        Optional<String> keyFault = asked.keys()
                .jwks()
                .flatMap(jwks -> ClientKeys.fault(
                        jwks,
                        method,
                        strictness.allows(Leniency.ASSERTION_ALG_ES384_ES512),
                        List.of(idToken, userinfo)));
        Optional<URI> jwksUri = keys(asked, keyFault);
        Set<String> protocolScopes = protocolScopes(asked);
        Set<AttributeName> scope = scope(asked, signIn);
        Set<AttributeName> optionalScope = optionalScope(asked, scope);
        String purpose = purpose(asked);
        return new RegisteredClient(
                id,
                name,
                legalName,
                redirectUris,
                asked.keys().jwks(),
                jwksUri,
                scope,
                optionalScope,
                protocolScopes,
                purpose,
                grantTypes,
                method,
                asked.mutualTls().certificateBoundTokens(),
                idToken,
                userinfo,
                signIn,
                strictness,
                ClientStatus.ACTIVE,
                0);
    }

    private static ClientId id(Registration asked) throws RefusedException {
        try {
            return new ClientId(asked.clientId());
        } catch (IllegalArgumentException e) {
            throw new RefusedException("client_id", "must be 1 to 64 letters, digits or any of . _ ~ -");
        }
    }

    private static String name(String member, String name) throws RefusedException {
        if (name.isBlank() || !name.equals(name.strip()) || !NAME.matcher(name).matches()) {
            throw new RefusedException(
                    member, "must be 1 to 100 visible characters, without line breaks or spaces at its ends");
        }
        return name;
    }

    private static List<URI> redirectUris(Registration asked) throws RefusedException {
        if (asked.redirectUris().isEmpty()) {
            throw new RefusedException("redirect_uris", "must have at least one address");
        }
        if (asked.redirectUris().size() > MOST_REDIRECT_URIS) {
            throw new RefusedException("redirect_uris", "must have " + MOST_REDIRECT_URIS + " addresses at most");
        }
        List<URI> uris = new ArrayList<>();
        for (String text : asked.redirectUris()) {
            if (text.length() > LONGEST_REDIRECT_URI) {
                throw new RefusedException(
                        "redirect_uris", "must have no address of more than " + LONGEST_REDIRECT_URI + " characters");
            }
            URI uri = uri("redirect_uris", text);
            Optional<String> fault = RedirectUris.fault(uri).or(() -> RedirectUris.queryFault(uri));
            if (fault.isPresent()) {
                throw new RefusedException("redirect_uris", "must " + fault.get() + ", and " + text + " does not");
            }
            if (uris.contains(uri)) {
                throw new RefusedException("redirect_uris", "has " + text + " twice");
            }
            uris.add(uri);
        }
        return uris;
    }

    private static JoseRegistration idToken(Registration asked) throws RefusedException {
        Jose jose = asked.idToken();
        Optional<String> signedAlg = jose.signedAlg().or(() -> Optional.of("ES256"));
        return jose("id_token", new Jose(signedAlg, jose.encryptedAlg(), jose.encryptedEnc()));
    }

    private JoseRegistration userinfo(Registration asked) throws RefusedException {
        JoseRegistration userinfo = jose("userinfo", asked.userinfo());
        if (!plainAllowed && !userinfo.isEncrypted()) {
            throw new RefusedException(
                    "userinfo_encrypted_response_alg",
                    "is missing: in production, personal data is always encrypted; use ECDH-ES+A256KW");
        }
        return userinfo;
    }

    private static JoseRegistration jose(String prefix, Jose jose) throws RefusedException {
        String alg = prefix + "_encrypted_response_alg";
        String enc = prefix + "_encrypted_response_enc";
        oneOf(prefix + "_signed_response_alg", jose.signedAlg(), JoseRegistration.SIGNING);
        oneOf(alg, jose.encryptedAlg(), JoseRegistration.KEY_MANAGEMENT);
        oneOf(enc, jose.encryptedEnc(), JoseRegistration.CONTENT);
        if (jose.encryptedAlg().isEmpty() && jose.encryptedEnc().isPresent()) {
            throw new RefusedException(alg, "is missing, but " + enc + " is given");
        }
        if (jose.encryptedAlg().isPresent() && jose.signedAlg().isEmpty()) {
            throw new RefusedException(
                    prefix + "_signed_response_alg", "is missing: what is encrypted is signed first, with ES256");
        }
        Optional<String> encryptedEnc = jose.encryptedAlg().isEmpty()
                ? Optional.empty()
                : jose.encryptedEnc().or(() -> Optional.of(JoseRegistration.CONTENT_DEFAULT));
        return new JoseRegistration(jose.signedAlg(), jose.encryptedAlg(), encryptedEnc);
    }

    private static void oneOf(String member, Optional<String> value, List<String> allowed) throws RefusedException {
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw new RefusedException(
                    member,
                    "must be one of "
                            + String.join(", ", allowed.stream().sorted().toList()) + ", not " + value.get());
        }
    }

    private static Strictness strictness(Registration asked) throws RefusedException {
        Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);
        for (String name : asked.leniencies()) {
            leniencies.add(Leniency.of(name)
                    .orElseThrow(() -> new RefusedException(
                            "leniencies", "has " + name + ", which is none: /docs/leniencies lists them all")));
        }
        return new Strictness(asked.dpopNonceRequired(), leniencies);
    }

    /** RFC 7591 §2: never both; and {@code private_key_jwt} needs one. */
    private Optional<URI> keys(Registration asked, Optional<String> keyFault) throws RefusedException {
        Optional<String> jwks = asked.keys().jwks();
        Optional<String> address = asked.keys().jwksUri();
        if (jwks.isPresent() && address.isPresent()) {
            throw new RefusedException("jwks_uri", "must not stand beside jwks");
        }
        if (jwks.isPresent()) {
            if (keyFault.isPresent()) {
                throw new RefusedException("jwks", keyFault.get());
            }
            return Optional.empty();
        }
        URI uri = uri(
                "jwks_uri", address.orElseThrow(() -> new RefusedException("jwks", "is missing, and so is jwks_uri")));
        Optional<String> fault = WebAddress.outboundFault(uri, !plainAllowed);
        if (fault.isPresent()) {
            throw new RefusedException("jwks_uri", "must " + fault.get());
        }
        return Optional.of(uri);
    }

    static URI uri(String member, String text) throws RefusedException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new RefusedException(member, "must hold addresses, and " + text + " is none");
        }
    }

    private static Set<String> protocolScopes(Registration asked) throws RefusedException {
        if (asked.scope().isEmpty()) {
            throw new RefusedException("scope", "must name at least one scope");
        }
        Set<String> found = new LinkedHashSet<>(asked.scope());
        found.retainAll(RegisteredClient.PROTOCOL_SCOPES);
        return found;
    }

    /** Of a login client, {@code user.identity} asks for the identity number. */
    private Set<AttributeName> scope(Registration asked, SignInPolicy signIn) throws RefusedException {
        Set<AttributeName> scope = new LinkedHashSet<>(expand("scope", GrantTypeChecks.ofPeople(asked.scope())));
        if (signIn.isLogin() && asked.scope().contains("user.identity")) {
            scope.add(RegisteredClient.IDENTITY_NUMBER);
        }
        return catalogue.inOrder(scope);
    }

    private Set<AttributeName> expand(String member, List<String> scopes) throws RefusedException {
        Set<AttributeName> wanted = new LinkedHashSet<>();
        for (String scope : scopes) {
            Set<AttributeName> members = catalogue.expand(scope);
            if (members.isEmpty() && !RegisteredClient.PROTOCOL_SCOPES.contains(scope)) {
                throw new RefusedException(member, "has " + scope + ", which is not in the catalogue");
            }
            wanted.addAll(members);
        }
        return catalogue.inOrder(wanted);
    }

    private Set<AttributeName> optionalScope(Registration asked, Set<AttributeName> scope) throws RefusedException {
        for (String protocolScope : RegisteredClient.PROTOCOL_SCOPES) {
            if (asked.optionalScope().contains(protocolScope)) {
                throw new RefusedException("optional_scope", "has " + protocolScope + ", which nobody can decline");
            }
        }
        Set<AttributeName> optional = expand("optional_scope", asked.optionalScope());
        for (AttributeName each : optional) {
            if (!scope.contains(each)) {
                throw new RefusedException("optional_scope", "has " + each + ", which scope lacks");
            }
        }
        return optional;
    }

    /** Its page says what for, to the person who decides: that is the client's to say, and nobody's to guess. */
    private String purpose(Registration asked) throws RefusedException {
        String purposes = catalogue.purposes().stream().map(Purpose::code).collect(Collectors.joining(", "));
        String code = asked.purpose()
                .orElseThrow(() -> new RefusedException("purpose", "is missing: it must be one of " + purposes));
        if (catalogue.purpose(code).isEmpty()) {
            throw new RefusedException("purpose", "must be one of " + purposes);
        }
        return code;
    }
}
