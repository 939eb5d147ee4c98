package io.consentry.client;

import io.consentry.client.CertificateSubject.DistinguishedName;
import io.consentry.client.CertificateSubject.DnsName;
import io.consentry.client.TokenEndpointAuth.TlsClientAuth;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.key.SealedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A client's row. Stays in this package; {@link RegisteredClient} crosses. */
@Entity
@Table(name = "client")
class ClientRow extends SealedRow {

    @Id
    @Column(name = "client_id")
    String clientId = "";

    String name = "";

    @Column(name = "legal_name")
    String legalName = "";

    @Column(name = "redirect_uris")
    String[] redirectUris = {};

    @Nullable String jwks;

    @Column(name = "jwks_uri")
    @Nullable String jwksUri;

    String[] scope = {};

    @Column(name = "optional_scope")
    String[] optionalScope = {};

    @Column(name = "protocol_scopes")
    String[] protocolScopes = {};

    String purpose = "";

    @Column(name = "grant_types")
    String[] grantTypes = {};

    @Column(name = "token_endpoint_auth_method")
    String tokenEndpointAuthMethod = "";

    @Column(name = "tls_client_auth_subject_dn")
    @Nullable String tlsClientAuthSubjectDn;

    @Column(name = "tls_client_auth_san_dns")
    @Nullable String tlsClientAuthSanDns;

    @Column(name = "certificate_bound_tokens")
    boolean certificateBoundTokens;

    @Column(name = "id_token_signed_alg")
    String idTokenSignedAlg = "";

    @Column(name = "id_token_encrypted_alg")
    @Nullable String idTokenEncryptedAlg;

    @Column(name = "id_token_encrypted_enc")
    @Nullable String idTokenEncryptedEnc;

    @Column(name = "userinfo_signed_alg")
    @Nullable String userinfoSignedAlg;

    @Column(name = "userinfo_encrypted_alg")
    @Nullable String userinfoEncryptedAlg;

    @Column(name = "userinfo_encrypted_enc")
    @Nullable String userinfoEncryptedEnc;

    @Column(name = "acr_values")
    String[] acrValues = {};

    @Column(name = "default_max_age")
    @Nullable Integer defaultMaxAge;

    @Column(name = "context_types")
    String[] contextTypes = {};

    @Column(name = "app_launch_urls")
    String[] appLaunchUrls = {};

    @Column(name = "dpop_nonce_required")
    boolean dpopNonceRequired;

    String[] leniencies = {};

    String status = ClientStatus.ACTIVE.name();

    /** What its name looks like, to find those that look the same. */
    String skeleton = "";

    int version;

    /** The last version that was written: a row that is behind it was put back. */
    @Formula("(select coalesce(max(v.version), 0) from client_version v where v.client_id = client_id)")
    int lastVersion;

    /** Takes over everything that a registration decides; status and version are the registry's own. */
    void describe(RegisteredClient client) {
        name = client.name();
        skeleton = NameSkeleton.of(client.name());
        legalName = client.legalName();
        redirectUris = texts(client.redirectUris());
        String keys = client.jwks().orElse(null);
        if (!ClientKeys.same(jwks, keys)) {
            jwks = keys; // The same keys, written otherwise, must not look like a change.
        }
        jwksUri = client.jwksUri().map(URI::toString).orElse(null);
        scope = texts(client.scope());
        optionalScope = texts(client.optionalScope());
        protocolScopes = client.protocolScopes().stream().sorted().toArray(String[]::new);
        purpose = client.purpose();
        grantTypes = client.grantTypes().stream().map(GrantType::wire).sorted().toArray(String[]::new);
        describe(client.method());
        certificateBoundTokens = client.certificateBoundTokens();
        idTokenSignedAlg = client.idToken().signedAlg().orElseThrow();
        idTokenEncryptedAlg = client.idToken().encryptedAlg().orElse(null);
        idTokenEncryptedEnc = client.idToken().encryptedEnc().orElse(null);
        userinfoSignedAlg = client.userinfo().signedAlg().orElse(null);
        userinfoEncryptedAlg = client.userinfo().encryptedAlg().orElse(null);
        userinfoEncryptedEnc = client.userinfo().encryptedEnc().orElse(null);
        describe(client.signIn());
        dpopNonceRequired = client.strictness().dpopNonceRequired();
        leniencies = client.strictness().names().toArray(String[]::new);
    }

    private void describe(TokenEndpointAuth method) {
        tokenEndpointAuthMethod = method.wire();
        Optional<CertificateSubject> subject =
                method instanceof TlsClientAuth(CertificateSubject named) ? Optional.of(named) : Optional.empty();
        tlsClientAuthSubjectDn = subject.orElse(null) instanceof DistinguishedName(String text) ? text : null;
        tlsClientAuthSanDns = subject.orElse(null) instanceof DnsName(String text) ? text : null;
    }

    private TokenEndpointAuth method() {
        Optional<CertificateSubject> subject = Optional.ofNullable(tlsClientAuthSubjectDn)
                .<CertificateSubject>map(DistinguishedName::new)
                .or(() -> Optional.ofNullable(tlsClientAuthSanDns).map(DnsName::new));
        return TokenEndpointAuth.of(tokenEndpointAuthMethod, subject).orElseThrow();
    }

    private void describe(SignInPolicy signIn) {
        acrValues = sorted(signIn.acrValues());
        defaultMaxAge = signIn.defaultMaxAge().isPresent()
                ? (Integer) signIn.defaultMaxAge().getAsInt()
                : null;
        contextTypes = sorted(signIn.contextTypes());
        appLaunchUrls = sorted(signIn.appLaunchUrls());
    }

    private SignInPolicy signIn() {
        return new SignInPolicy(
                Set.of(acrValues),
                defaultMaxAge == null ? OptionalInt.empty() : OptionalInt.of(defaultMaxAge),
                Set.of(contextTypes),
                Arrays.stream(appLaunchUrls).map(URI::create).collect(Collectors.toUnmodifiableSet()));
    }

    RegisteredClient toClient() {
        return new RegisteredClient(
                new ClientId(clientId),
                name,
                legalName,
                Arrays.stream(redirectUris).map(URI::create).toList(),
                Optional.ofNullable(jwks),
                Optional.ofNullable(jwksUri).map(URI::create),
                attributes(scope),
                attributes(optionalScope),
                Set.of(protocolScopes),
                purpose,
                Arrays.stream(grantTypes)
                        .map(type -> GrantType.of(type).orElseThrow())
                        .collect(Collectors.toUnmodifiableSet()),
                method(),
                certificateBoundTokens,
                jose(idTokenSignedAlg, idTokenEncryptedAlg, idTokenEncryptedEnc),
                jose(userinfoSignedAlg, userinfoEncryptedAlg, userinfoEncryptedEnc),
                signIn(),
                Strictness.of(dpopNonceRequired, leniencies),
                ClientStatus.valueOf(status),
                version);
    }

    private static JoseRegistration jose(@Nullable String signed, @Nullable String alg, @Nullable String enc) {
        return new JoseRegistration(Optional.ofNullable(signed), Optional.ofNullable(alg), Optional.ofNullable(enc));
    }

    private static Set<AttributeName> attributes(String[] names) {
        return Arrays.stream(names).map(AttributeName::new).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Sets have no order: sorted, so that the same registration does not look like a change. */
    private static String[] sorted(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().toArray(String[]::new);
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }
}
