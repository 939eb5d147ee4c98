package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.consentry.catalogue.Catalogue;
import io.consentry.kernel.AttributeName;
import io.consentry.requirement.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {

    private static final Catalogue CATALOGUE = new Catalogue();
    private static final RegistrationChecks SANDBOX = new RegistrationChecks(CATALOGUE, true);
    private static final RegistrationChecks PRODUCTION = new RegistrationChecks(CATALOGUE, false);

    @Test
    void aRegistrationSaysOnlyWhatDiffersFromTheDefaults() throws Exception {
        RegisteredClient client = accepted(ExampleClient.named("bank").without("optional_scope"));

        assertThat(client.legalName()).isEqualTo("Example Bank");
        assertThat(client.purpose()).isEqualTo("account_opening");
        assertThat(client.optionalScope()).isEmpty();
        assertThat(client.method()).isEqualTo(new TokenEndpointAuth.PrivateKeyJwt());
        assertThat(client.idToken().signedAlg()).hasValue("ES256");
        assertThat(client.idToken().isEncrypted()).isFalse();
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void containersAreExpandedAndProtocolScopesKeptApart() throws Exception {
        RegisteredClient client = accepted(ExampleClient.named("bank")
                .with("scope", "cpfbalances openid  user.identity name")
                .with("optional_scope", "cpfbalances"));

        assertThat(client.protocolScopes()).containsExactlyInAnyOrder("openid", "user.identity");
        assertThat(client.scope().stream().map(AttributeName::value))
                .containsExactly("name", "cpfbalances.oa", "cpfbalances.sa", "cpfbalances.ma", "cpfbalances.ra");
        assertThat(client.optionalScope()).hasSize(4);
    }

    @Test
    void aClientNeedsNoOpenid() throws Exception {
        RegisteredClient client =
                accepted(ExampleClient.named("bank").with("scope", "name").without("optional_scope"));

        assertThat(client.protocolScopes()).isEmpty();
    }

    @Test
    void membersThatMeanNothingHereArePassedOver() throws Exception {
        accepted(ExampleClient.named("bank").with("software_version", "7").with("logo_uri", "https://bank.example/l"));
    }

    @Test
    @Requirement("RFC7591-2-GRANT-TYPES")
    void aClientAsksForItsWaysToAToken() throws Exception {
        RegisteredClient plain = accepted(ExampleClient.named("bank"));
        RegisteredClient rich = accepted(ExampleClient.named("bank")
                .with("grant_types", list("authorization_code", "refresh_token", "client_credentials"))
                .with("scope", "name grant_management_query")
                .without("optional_scope"));

        assertThat(plain.grantTypes()).containsExactly(GrantType.AUTHORIZATION_CODE);
        assertThat(rich.grantTypes()).containsExactlyInAnyOrder(GrantType.values());
        assertThat(rich.scope()).extracting(AttributeName::value).containsExactly("name");
    }

    @Test
    @Requirement("RFC7591-2-GRANT-TYPES")
    void aWayToATokenThatIsNoneIsRefused() {
        refused(
                ExampleClient.named("bank").with("grant_types", list("implicit", "authorization_code")),
                "grant_types: must be among");
        refused(
                ExampleClient.named("bank").with("grant_types", list("client_credentials")),
                "grant_types: must have authorization_code");
        refused(ExampleClient.named("bank").with("grant_types", "authorization_code"), "grant_types: must be an array");
        refused(
                ExampleClient.named("bank").with("scope", "name events").without("optional_scope"),
                "scope: has events, which needs the grant type");
    }

    private static ArrayNode list(String... texts) {
        ArrayNode list = new JsonMapper().createArrayNode();
        Arrays.stream(texts).forEach(list::add);
        return list;
    }

    @Test
    void keysMayLieAtAnAddress() throws Exception {
        RegisteredClient client =
                accepted(ExampleClient.named("bank").without("jwks").with("jwks_uri", "https://bank.example/jwks"));

        assertThat(client.jwksUri()).hasToString("Optional[https://bank.example/jwks]");
        assertThat(client.jwks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bank.example/callback?a=b&c=d",
                "http://localhost:3000/callback",
                "http://127.0.0.1/callback",
                "https://bank.example:8443",
                "https://bank.example:65535/callback",
                "https://xn--bnk-sna.example/callback",
                "https://bank.example/callback?States=a&encode=b",
                "https://bank.example/callback?a=state&b=code"
            })
    void safeRedirectUrisAreAccepted(String uri) throws Exception {
        accepted(ExampleClient.named("bank").redirectingTo(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bank.example/callback",
                "http://localhost.bank.example/callback",
                "http://127.0.0.2/callback",
                "http://[::1]/callback",
                "https://bank.example/callback#top",
                "https://user@bank.example/callback",
                "https:///callback",
                "https:bank.example",
                "/callback",
                "myapp://callback",
                "javascript:alert(1)",
                "https://bank.example/a b",
                "https://bank.example:0/callback",
                ""
            })
    @Requirement("FAPI2-SP-5.3.2.2-8")
    @Requirement("RFC6749-3.1.2")
    void unsafeRedirectUrisAreRefused(String uri) {
        refused(ExampleClient.named("bank").redirectingTo(uri), "redirect_uris");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=1",
                "a=b&state=x",
                "iss",
                "error=",
                "error_description=x",
                "error_uri=x",
                "response=x",
                "%73tate=x"
            })
    @Requirement("RFC6749-3.1.2")
    void aRedirectUriBringsNothingThatAnAnswerBrings(String query) {
        String name = query.replace("%73", "s").replace("a=b&", "").replaceFirst("=.*", "");

        refused(
                ExampleClient.named("bank").redirectingTo("https://bank.example/callback?" + query),
                "redirect_uris: must have no " + name + " in its query");
    }

    @ParameterizedTest
    @CsvSource({
        "https://bank.example:65536/c, must have a port from 1 to 65535",
        "https://bank.example:99999999999/c, must have a port from 1 to 65535",
        "https://my_bank.example/c, 'must name its host by letters, digits, hyphens and dots, without an underscore'",
        "https://bänk.example/c, must name its host by letters",
        "https:///callback, must be an absolute https address with a host"
    })
    void whatIsWrongWithAnAddressIsSaid(String address, String reason) {
        refused(ExampleClient.named("bank").redirectingTo(address), "redirect_uris: " + reason);
        refused(ExampleClient.named("bank").without("jwks").with("jwks_uri", address), "jwks_uri: " + reason);
        refused(ExampleClient.named("bank").with("app_launch_urls", list(address)), "app_launch_urls: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, a b, client_id: must be 1 to 64",
        "client_name, ' ', client_name: must be 1 to 100 visible",
        "client_name, 'Bank\u202Eknab', client_name: must be 1 to 100 visible",
        "legal_name, 'Two\nlines', legal_name: must be 1 to 100 visible",
        "scope, '', scope: must name at least one",
        "scope, name shoesize, 'scope: has shoesize, which is not in the catalogue'",
        "optional_scope, dob, 'optional_scope: has dob, which scope lacks'",
        "optional_scope, shoesize, 'optional_scope: has shoesize, which is not in the catalogue'",
        "optional_scope, openid, 'optional_scope: has openid, which nobody can decline'",
        "purpose, marketing, 'purpose: must be one of account_opening, credit_application'",
        "token_endpoint_auth_method, client_secret_basic, token_endpoint_auth_method: must be private_key_jwt",
        "token_endpoint_auth_method, none, token_endpoint_auth_method: must be private_key_jwt",
        "token_endpoint_auth_method, tls_client_auth, tls_client_auth_subject_dn: is missing",
        "token_endpoint_auth_method, self_signed_tls_client_auth, jwks: holds no key with its certificate in x5c",
        "tls_client_auth_subject_dn, CN=bank, token_endpoint_auth_method: must be tls_client_auth",
        "tls_client_auth_subject_dn, bank, tls_client_auth_subject_dn: must be a distinguished name",
        "tls_client_auth_subject_dn, '', tls_client_auth_subject_dn: must be a distinguished name",
        "tls_client_auth_san_dns, *.bank.example, tls_client_auth_san_dns: must be a host name",
        "tls_client_auth_san_ip, 127.0.0.1, tls_client_auth_san_ip: is not supported",
        "tls_client_certificate_bound_access_tokens, yes, tls_client_certificate_bound_access_tokens: must be true or false",
        "id_token_signed_response_alg, none, 'id_token_signed_response_alg: must be one of ES256, not none'",
        "userinfo_signed_response_alg, RS256, 'userinfo_signed_response_alg: must be one of ES256, not RS256'",
        "userinfo_encrypted_response_alg, RSA1_5, userinfo_encrypted_response_alg: must be one of ECDH-ES+A128KW",
        "userinfo_encrypted_response_enc, A192CBC, userinfo_encrypted_response_enc: must be one of A128CBC-HS256",
        "id_token_encrypted_response_enc, A256GCM, id_token_encrypted_response_alg: is missing",
        "jwks_uri, https://bank.example/jwks, jwks_uri: must not stand beside jwks"
    })
    @Requirement("SEC-P18")
    void aRefusalNamesTheMemberAndSaysWhatWasExpected(String member, String value, String message) {
        refused(ExampleClient.named("bank").with(member, value), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "client_name", "redirect_uris", "scope", "purpose", "jwks"})
    void aMissingMemberIsNamed(String member) {
        refused(ExampleClient.named("bank").without(member), member + ": is missing");
    }

    /** They would never be fetched, so that the client could do nothing. */
    @Test
    void outsideTheSandboxNobodyPublishesTheirKeysInPlainHttp() {
        ExampleClient plain =
                ExampleClient.named("bank").without("jwks").with("jwks_uri", "http://localhost:3000/jwks");

        RefusedException refusal =
                catchThrowableOfType(RefusedException.class, () -> PRODUCTION.check(ClientMetadata.read(plain.json())));

        assertThat(refusal).hasMessageStartingWith("jwks_uri: must be an https address");
    }

    /** The page says for what, and nobody guesses that for a client: neither here nor in production. */
    @Test
    void aMissingPurposeIsAskedForWithThoseThereAre() throws Exception {
        ExampleClient without = ExampleClient.named("bank").without("purpose");

        refused(without, "purpose: is missing: it must be one of account_opening, credit_application");
        RefusedException refusal = catchThrowableOfType(
                RefusedException.class, () -> PRODUCTION.check(ClientMetadata.read(without.json())));
        assertThat(refusal).hasMessageStartingWith("purpose: is missing");
    }

    @Test
    void membersOfAWrongTypeAreNamed() {
        refused(ExampleClient.named("bank").with("scope", ExampleClient.tree("[\"name\"]")), "scope: must be a string");
        refused(
                ExampleClient.named("bank").with("redirect_uris", "https://bank.example"),
                "redirect_uris: must be an array");
        refused(
                ExampleClient.named("bank").with("redirect_uris", ExampleClient.tree("[]")),
                "redirect_uris: must have at least one");
        refused(ExampleClient.named("bank").with("jwks", "{}"), "jwks: must be a JSON object");
    }

    @Test
    @Requirement("CX-LENIENT-1")
    void leniencyNamesAreKnownOrRefused() throws Exception {
        RegisteredClient lenient = accepted(ExampleClient.named("bank")
                .with("leniencies", ExampleClient.tree("[\"assertion_audience_endpoint\"]"))
                .with("dpop_nonce_required", ExampleClient.tree("true")));

        assertThat(lenient.strictness()).isEqualTo(new Strictness(true, Set.of(Leniency.ASSERTION_AUDIENCE_ENDPOINT)));
        assertThat(accepted(ExampleClient.named("bank")).strictness()).isEqualTo(Strictness.ordinary());
        assertThat(PRODUCTION
                        .check(ClientMetadata.read(ExampleClient.named("bank")
                                .with("leniencies", ExampleClient.tree("[\"assertion_alg_es384_es512\"]"))
                                .json()))
                        .strictness()
                        .leniencies())
                .hasSize(1);
        refused(
                ExampleClient.named("bank").with("leniencies", ExampleClient.tree("[\"everything\"]")),
                "leniencies: has everything, which is none: /docs/leniencies");
        refused(
                ExampleClient.named("bank").with("leniencies", "assertion_audience_endpoint"),
                "leniencies: must be an array");
        refused(
                ExampleClient.named("bank").with("dpop_nonce_required", "true"),
                "dpop_nonce_required: must be true or false");
    }

    @Test
    @Requirement("CX-LENIENT-1")
    void aKeyOnALargerCurveAloneTakesALeniency() throws Exception {
        JWK larger = new ECKeyGenerator(Curve.P_384)
                .keyID("large")
                .keyUse(KeyUse.SIGNATURE)
                .generate();
        ExampleClient client =
                ExampleClient.named("bank").with("jwks", ExampleClient.publicSet(larger, ExampleClient.ENCRYPTION));

        refused(client, "jwks: holds no key to verify");
        accepted(client.with("leniencies", ExampleClient.tree("[\"assertion_alg_es384_es512\"]")));
    }

    @Test
    void aClientHasSixteenKeysAtMost() throws Exception {
        JWK[] sixteen = IntStream.range(0, 16)
                .mapToObj(i -> ExampleClient.key("key-" + i, i == 0 ? KeyUse.ENCRYPTION : KeyUse.SIGNATURE))
                .toArray(JWK[]::new);
        accepted(ExampleClient.named("bank").with("jwks", ExampleClient.publicSet(sixteen)));

        ObjectNode more = (ObjectNode) ExampleClient.publicSet(sixteen);
        more.withArray("keys").addObject().put("kty", "NEW");
        refused(ExampleClient.named("bank").with("jwks", more), "jwks: holds 17 keys, and 16 at most");
    }

    @Test
    void redirectUrisAreFewAndShort() {
        String many = IntStream.range(0, 21)
                .mapToObj(i -> "\"https://bank.example/" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));

        refused(
                ExampleClient.named("bank").with("redirect_uris", ExampleClient.tree(many)),
                "redirect_uris: must have 20 addresses at most");
        refused(
                ExampleClient.named("bank").redirectingTo("https://bank.example/" + "a".repeat(980)),
                "redirect_uris: must have no address of more than 1000 characters");
    }

    @Test
    void aPrivateKeyIsRefusedWhateverItsType() {
        String ec = new JWKSet(ExampleClient.SIGNING).toString(false);
        String symmetric = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}";
        String unknown = "{\"keys\":[{\"kty\":\"NEW\",\"d\":\"c2VjcmV0\"}]}";

        for (String jwks : new String[] {ec, symmetric, unknown}) {
            refused(ExampleClient.named("bank").with("jwks", ExampleClient.tree(jwks)), "jwks: holds a private key");
        }
    }

    @Test
    @Requirement("FAPI2-SP-5.4.1-2")
    @Requirement("FAPI2-SP-5.4.3")
    void keysThatAreGoodForNothingAreRefused() throws JOSEException {
        refused(ExampleClient.named("bank").with("jwks", ExampleClient.tree("{}")), "jwks: is not a JWK set");
        refused(
                ExampleClient.named("bank").with("jwks", ExampleClient.publicSet(ExampleClient.ENCRYPTION)),
                "jwks: holds no key to verify");
        refused(
                ExampleClient.named("bank").with("jwks", ExampleClient.publicSet(ExampleClient.SIGNING)),
                "jwks: holds no EC key with use enc");
        refused(
                ExampleClient.named("bank")
                        .with(
                                "jwks",
                                ExampleClient.publicSet(
                                        ExampleClient.SIGNING, ExampleClient.key("sig-1", KeyUse.ENCRYPTION))),
                "jwks: holds two keys with the same kid");
        refused(
                ExampleClient.named("bank")
                        .with("jwks", ExampleClient.publicSet(new RSAKeyGenerator(1024, true).generate())),
                "jwks: holds an RSA key of fewer than 2048 bits");
    }

    @Test
    @Requirement("RFC7517-4.4")
    void aKeyIsForWhatItSaysItIsFor() throws Exception {
        ExampleClient bank = ExampleClient.named("bank"); // encrypted by ECDH-ES+A256KW

        for (JWK unfit : List.of(
                new ECKey.Builder(ExampleClient.ENCRYPTION.toECKey())
                        .algorithm(JWEAlgorithm.ECDH_ES_A128KW)
                        .build(),
                new ECKey.Builder(ExampleClient.ENCRYPTION.toECKey())
                        .keyOperations(Set.of(KeyOperation.WRAP_KEY))
                        .build())) {
            refused(
                    bank.with("jwks", ExampleClient.publicSet(ExampleClient.SIGNING, unfit)),
                    "jwks: holds no EC key with use enc to encrypt to by ECDH-ES+A256KW");
        }
        for (JWK unfit : List.of(
                new ECKey.Builder(ExampleClient.SIGNING.toECKey())
                        .algorithm(JWSAlgorithm.ES512)
                        .build(),
                new ECKey.Builder(ExampleClient.SIGNING.toECKey())
                        .keyUse(null)
                        .keyOperations(Set.of(KeyOperation.DERIVE_KEY))
                        .build())) {
            refused(
                    bank.with("jwks", ExampleClient.publicSet(unfit, ExampleClient.ENCRYPTION)),
                    "jwks: holds no key to verify");
        }
        refused(
                bank.with(
                        "jwks",
                        ExampleClient.tree(ExampleClient.publicSet(ExampleClient.SIGNING)
                                .toString()
                                .replace("\"use\":\"sig\"", "\"use\":\"sig\",\"key_ops\":[\"deriveKey\"]"))),
                "jwks: is not a JWK set");
        accepted(bank.with(
                "jwks",
                ExampleClient.publicSet(
                        ExampleClient.SIGNING,
                        new ECKey.Builder(ExampleClient.ENCRYPTION.toECKey())
                                .keyUse(null)
                                .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                                .keyOperations(Set.of(KeyOperation.DERIVE_KEY, KeyOperation.DERIVE_BITS))
                                .build())));
    }

    @Test
    void whatIsEncryptedIsSignedFirst() {
        refused(
                ExampleClient.named("bank").without("userinfo_signed_response_alg"),
                "userinfo_signed_response_alg: is missing");
    }

    @Test
    void inProductionPersonalDataIsAlwaysEncrypted() throws Exception {
        ExampleClient plain = ExampleClient.named("bank")
                .without("userinfo_encrypted_response_alg")
                .without("userinfo_encrypted_response_enc");

        RefusedException refusal =
                catchThrowableOfType(RefusedException.class, () -> PRODUCTION.check(ClientMetadata.read(plain.json())));

        assertThat(refusal).hasMessageStartingWith("userinfo_encrypted_response_alg: is missing");
        assertThat(accepted(plain).userinfo().isEncrypted()).isFalse();
        assertThat(PRODUCTION.check(
                        ClientMetadata.read(ExampleClient.named("bank").json())))
                .isNotNull();
    }

    @Test
    @Requirement("RFC8705-2.1")
    void aClientIsKnownByOneNameInItsCertificate() throws Exception {
        ExampleClient byName = ExampleClient.named("bank")
                .with("token_endpoint_auth_method", "tls_client_auth")
                .with("tls_client_auth_subject_dn", "CN=bank,O=Bank");

        assertThat(accepted(byName).method())
                .isEqualTo(new TokenEndpointAuth.TlsClientAuth(
                        new CertificateSubject.DistinguishedName("CN=bank,O=Bank")));
        refused(
                byName.with("tls_client_auth_san_dns", "bank.example"),
                "tls_client_auth_san_dns: must not stand beside tls_client_auth_subject_dn");
    }

    @Test
    @Requirement("RFC8705-3")
    void tokensAreBoundToACertificateOnlyWhereThatIsRegistered() throws Exception {
        assertThat(accepted(ExampleClient.named("bank")).certificateBoundTokens())
                .isFalse();
        assertThat(accepted(ExampleClient.named("bank")
                                .with("tls_client_certificate_bound_access_tokens", ExampleClient.tree("true")))
                        .certificateBoundTokens())
                .isTrue();
    }

    private static RegisteredClient accepted(ExampleClient example) throws RefusedException {
        return SANDBOX.check(ClientMetadata.read(example.json()));
    }

    private static void refused(ExampleClient example, String message) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> accepted(example));

        assertThat(refusal).hasMessageStartingWith(message);
    }
}
