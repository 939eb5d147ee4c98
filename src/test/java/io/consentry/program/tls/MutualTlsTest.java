package io.consentry.program.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.consentry.program.Bank;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.program.tls.CertifiedBank.Way;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.TestAuthority;
import io.consentry.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sandbox with its own certificate authority, and clients that come with certificates (RFC 8705). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutualTlsTest {

    private static final String PERSON = "S9812381D";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestAuthority authority = TestAuthority.named("CN=Bank authority");
    private final TestCertificate named = authority.client("CN=named bank, O=Bank");
    private final TestCertificate hosted = authority.client("CN=whatever", "api.bank.example");
    private final KeyPair ownKey = TestAuthority.newKey("EC", 256);
    private final TestCertificate own = TestAuthority.selfSigned("CN=own bank", ownKey);
    private final TestCertificate stranger = TestAuthority.selfSigned("CN=stranger");
    private final int mutualPort = RunningService.freePort();
    private ECKey assertionKey;
    private ProgramFolder folder;
    private RunningService service;
    private X509Certificate local;
    private Wire plain;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("mutual-tls");
        assertionKey = new ECKeyGenerator(Curve.P_256)
                .keyID("assertions")
                .keyUse(KeyUse.SIGNATURE)
                .generate();
        Path authorities = authority.own().writeCertificate(folder.beside("authorities.pem"));
        Path clients =
                Files.writeString(folder.beside("clients.json"), clients().toString());
        service = RunningService.start(RunningService.Plan.in(folder.data())
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_TLS", "local")
                .with("CONSENTRY_MTLS_PORT", Integer.toString(mutualPort))
                .with("CONSENTRY_MTLS_CLIENT_AUTHORITIES", authorities.toString())
                .with("CONSENTRY_HTTP_HEADER_DEADLINE", "4s")
                .with("CONSENTRY_HTTP_BODY_DEADLINE", "4s")
                .with("CONSENTRY_HTTP_IDLE_TIMEOUT", "4s")
                .with("CONSENTRY_CLIENTS", clients.toString()));
        local = TestCertificate.read(folder.data().resolve("tls").resolve("ca.crt"));
        plain = new Wire(TestCertificate.none(local));
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        folder.close();
    }

    /** All at once, since each takes as long as a deadline. */
    @Test
    @Requirement("CX-HTTP-5")
    void whoeverKeepsThisListenerWaitingIsLetGo() throws Exception {
        String head = " /fapi/par HTTP/1.1\r\nHost: localhost\r\n";
        try (Socket mute = new Socket("localhost", mutualPort);
                Socket withoutHead = begun("");
                Socket halfAHead = begun("GET" + head + "X-More: ");
                Socket idle = begun("GET" + head + "\r\n");
                Socket halfABody = begun("POST" + head + "Content-Length: 60000\r\n\r\nabc")) {

            assertThat(untilClosed(mute)).isEmpty();
            assertThat(untilClosed(withoutHead)).isEmpty();
            assertThat(untilClosed(halfAHead)).isEmpty();
            assertThat(untilClosed(idle)).startsWith("HTTP/1.1 405 ");
            assertThat(untilClosed(halfABody)).startsWith("HTTP/1.1 408 ").contains("request_timeout");
        }
    }

    /** A connection on which the handshake is done and something was sent. */
    private Socket begun(String text) throws IOException {
        Socket socket = TestCertificate.none(local).getSocketFactory().createSocket("localhost", mutualPort);
        ((SSLSocket) socket).startHandshake();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String untilClosed(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("left open after: " + all, e);
        } catch (SSLException | SocketException e) {
            // cut off without a farewell: closed as well
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private ArrayNode clients() {
        ArrayNode all = JSON.createArrayNode();
        all.add(client(
                "named-bank",
                "tls_client_auth",
                client -> client.put("tls_client_auth_subject_dn", "CN=named bank,O=Bank")
                        .put("tls_client_certificate_bound_access_tokens", true)
                        .putArray("grant_types")
                        .add("authorization_code")
                        .add("client_credentials")));
        all.add(client(
                "hosted-bank", "tls_client_auth", client -> client.put("tls_client_auth_san_dns", "api.bank.example")));
        all.add(client(
                "own-bank",
                "self_signed_tls_client_auth",
                client -> client.put("tls_client_certificate_bound_access_tokens", true)
                        .set(
                                "jwks",
                                keys(
                                        own.jwk(),
                                        TestAuthority.selfSignedAndExpired("CN=old")
                                                .jwk()))));
        all.add(client(
                "assertion-bank",
                "private_key_jwt",
                client -> client.put("tls_client_certificate_bound_access_tokens", true)
                        .set("jwks", keys(assertionKey.toPublicJWK()))));
        return all;
    }

    private static ObjectNode client(String id, String method, Consumer<ObjectNode> changes) {
        ObjectNode client = JSON.createObjectNode()
                .put("client_id", id)
                .put("client_name", id)
                .put("scope", "openid uinfin name")
                .put("token_endpoint_auth_method", method);
        client.putArray("redirect_uris").add(CertifiedBank.REDIRECT.toString());
        client.set("jwks", keys());
        changes.accept(client);
        return client;
    }

    private static JsonNode keys(JWK... keys) {
        try {
            return JSON.readTree(new JWKSet(List.of(keys)).toString(true));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // Flows

    @Test
    @Requirement("RFC8705-2.1")
    @Requirement("RFC8705-3")
    @Requirement("RFC8705-5")
    void aClientWhoseNameAnAuthorityVouchesForRunsTheWholeFlow() throws Exception {
        CertifiedBank bank = bank("named-bank", Way.PKI, named);

        AccessToken token = bank.token(PERSON);
        JsonNode record = CertifiedBank.json(expect(200, bank.fetch(token)));

        assertThat(token).isInstanceOf(BearerAccessToken.class);
        assertThat(record.path("person_info").path("uinfin").path("value").asText())
                .isEqualTo(PERSON);
    }

    @Test
    @Requirement("RFC8705-2.2")
    @Requirement("RFC8705-3")
    void aClientThatRegisteredItsOwnCertificateRunsTheWholeFlow() throws Exception {
        CertifiedBank bank = bank("own-bank", Way.SELF_SIGNED, own);

        AccessToken token = bank.token(PERSON);
        JsonNode record = CertifiedBank.json(expect(200, bank.fetch(token)));

        assertThat(record.path("person_info").path("uinfin").path("value").asText())
                .isEqualTo(PERSON);
    }

    @Test
    @Requirement("RFC8705-2.1")
    @Requirement("FAPI2-SP-5.3.2.1-4")
    void aClientMayAuthenticateByCertificateAndHoldItsTokensByDpop() throws Exception {
        CertifiedBank bank = bank("hosted-bank", Way.PKI, hosted, true, null);

        AccessToken token = bank.token(PERSON);

        assertThat(token.getType().getValue()).isEqualTo("DPoP");
        expect(200, bank.fetch(token));
    }

    @Test
    @Requirement("RFC8705-3")
    void aClientMayAuthenticateByAssertionAndHoldItsTokensByCertificate() throws Exception {
        CertifiedBank bank = bank("assertion-bank", Way.ASSERTION, stranger, false, assertionKey);

        AccessToken token = bank.token(PERSON);

        expect(200, bank.fetch(token));
        assertThat(boundTo(token))
                .isEqualTo(X509CertUtils.computeSHA256Thumbprint(stranger.certificate())
                        .toString());
    }

    @Test
    @Requirement("RFC8705-3")
    void aTokenInAClientsOwnNameIsBoundToItsCertificateToo() throws Exception {
        CertifiedBank bank = bank("named-bank", Way.PKI, named);
        String grant = CertifiedBank.json(expect(200, bank.redeem(bank.code(PERSON))))
                .path("grant_id")
                .asText();
        JsonNode issued = wire(named)
                .form(
                        mutual("/fapi/token"),
                        "client_id=named-bank&grant_type=client_credentials&scope=grant_management_query")
                .expect(200)
                .json();
        String bearer = "Bearer " + issued.path("access_token").asText();
        URI address = mutual("/fapi/grants/" + grant);

        Answer seen = wire(named).get(address, "Authorization", bearer).expect(200);

        assertThat(issued.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(seen.json().path("status").asText()).isEqualTo("active");
        assertThat(wire(hosted)
                        .get(address, "Authorization", bearer)
                        .expect(401)
                        .code())
                .isEqualTo("certificate_mismatch");
        assertThat(plain.get(address, "Authorization", bearer).expect(401).code())
                .isEqualTo("missing_client_certificate");
        assertThat(plain.get(at("/fapi/grants/" + grant), "Authorization", bearer)
                        .expect(401)
                        .code())
                .isEqualTo("missing_client_certificate");
        assertThat(wire(named)
                        .get(address, "Authorization", bearer.replace("Bearer", "DPoP"))
                        .expect(401)
                        .code())
                .isEqualTo("missing_access_token");
    }

    @Test
    @Requirement("RFC8705-5")
    void aTokenIsGivenBackOverMutualTls() throws Exception {
        CertifiedBank bank = bank("named-bank", Way.PKI, named);
        AccessToken token = bank.token(PERSON);

        expect(200, bank.revoke(token));

        assertThat(CertifiedBank.json(expect(401, bank.fetch(token)))
                        .path("code")
                        .asText())
                .isEqualTo("invalid_access_token");
    }

    // Client authentication, refused

    @Test
    @Requirement("RFC8705-2.1")
    void withoutACertificateAClientIsNobody() throws Exception {
        for (URI endpoint : List.of(at("/fapi/par"), mutual("/fapi/par"), mutual("/fapi/token"))) {
            for (String client : List.of("named-bank", "own-bank")) {
                refused(plain.form(endpoint, "client_id=" + client), "invalid_client", "missing_client_certificate");
            }
        }
    }

    @Test
    @Requirement("RFC8705-5")
    void onTheResidentsPortACertificateIsNeitherAskedForNorSeen() throws Exception {
        Answer answer = wire(named).form(at("/fapi/par"), "client_id=named-bank");

        refused(answer, "invalid_client", "missing_client_certificate");
    }

    @Test
    @Requirement("RFC8705-2.1")
    void aCertificateOfAnotherNameAuthorityPurposeOrTimeIsRefused() throws Exception {
        TestAuthority unknown = TestAuthority.named("CN=Bank authority");
        for (TestCertificate wrong : List.of(
                authority.client("CN=named bank"),
                authority.client("CN=other bank, O=Bank"),
                hosted,
                unknown.client("CN=named bank, O=Bank"),
                TestAuthority.selfSigned("CN=named bank, O=Bank"),
                authority.expired("CN=named bank, O=Bank"),
                authority.server("CN=named bank, O=Bank", "localhost"))) {
            refused(
                    wire(wrong).form(mutual("/fapi/par"), "client_id=named-bank"),
                    "invalid_client",
                    "invalid_client_certificate");
        }
    }

    @Test
    @Requirement("RFC8705-2.2")
    void onlyTheVeryCertificateThatIsRegisteredAuthenticatesItsClient() throws Exception {
        for (TestCertificate wrong : List.of(
                stranger,
                named,
                TestAuthority.selfSigned("CN=own bank"),
                TestAuthority.selfSigned("CN=own bank", ownKey))) {
            refused(
                    wire(wrong).form(mutual("/fapi/par"), "client_id=own-bank"),
                    "invalid_client",
                    "invalid_client_certificate");
        }
    }

    @Test
    @Requirement("RFC8705-2.1")
    void aCertificateIsNoWayInForAClientOfAssertions() throws Exception {
        refused(
                wire(named).form(mutual("/fapi/par"), "client_id=harbour-bank"),
                "invalid_client",
                "missing_client_assertion");
    }

    @Test
    @Requirement("RFC6749-2.3")
    void aSecretBesideACertificateIsRefused() throws Exception {
        Answer answer = wire(own).form(mutual("/fapi/par"), "client_id=own-bank&client_secret=secret");

        assertThat(answer.expect(400).code()).isEqualTo("several_client_authentications");
    }

    @Test
    @Requirement("FAPI2-SP-5.3.2.1-6")
    void anAssertionIsNoWayInForAClientOfCertificates() throws Exception {
        HTTPResponse answer =
                bank("own-bank", Way.ASSERTION, own, false, ecKey()).push();

        assertThat(CertifiedBank.json(expect(401, answer)).path("code").asText())
                .isEqualTo("invalid_client_assertion");
    }

    @Test
    @Requirement("CX-TLS-1")
    void aCertificateWithAWeakKeyEndsTheConnection() {
        TestCertificate weak = TestAuthority.selfSigned("CN=weak", TestAuthority.newKey("RSA", 1024));

        assertThatThrownBy(() -> wire(weak).form(mutual("/fapi/par"), "client_id=own-bank"))
                .isInstanceOf(IOException.class);
    }

    // Tokens in wrong hands

    @Test
    @Requirement("RFC8705-3.1")
    @Requirement("FAPI2-SP-5.3.4-5")
    void aTokenOfACertificateIsWorthlessWithoutIt() throws Exception {
        AccessToken token = bank("named-bank", Way.PKI, named).token(PERSON);
        String bearer = "Bearer " + token.getValue();

        for (URI userinfo : List.of(mutual("/fapi/userinfo"), at("/fapi/userinfo"))) {
            Answer answer = plain.get(userinfo, "Authorization", bearer);

            refused(answer, "invalid_token", "missing_client_certificate");
            assertThat(answer.header("www-authenticate")).startsWith("Bearer error=\"invalid_token\"");
        }
        refused(
                wire(named).get(at("/fapi/userinfo"), "Authorization", bearer),
                "invalid_token",
                "missing_client_certificate");
    }

    @Test
    @Requirement("RFC8705-3.1")
    void aTokenOfACertificateIsWorthlessWithAnother() throws Exception {
        AccessToken token = bank("named-bank", Way.PKI, named).token(PERSON);

        for (TestCertificate other : List.of(own, stranger, authority.client("CN=named bank, O=Bank"))) {
            refused(
                    wire(other).get(mutual("/fapi/userinfo"), "Authorization", "Bearer " + token.getValue()),
                    "invalid_token",
                    "certificate_mismatch");
        }
    }

    @Test
    @Requirement("RFC8705-3")
    void aTokenOfACertificateIsNoDpopToken() throws Exception {
        AccessToken token = bank("named-bank", Way.PKI, named).token(PERSON);

        refused(
                wire(named).get(mutual("/fapi/userinfo"), "Authorization", "DPoP " + token.getValue()),
                "invalid_token",
                "missing_access_token");
    }

    @Test
    @Requirement("RFC9449-7.2")
    void aDpopTokenIsNoBearerTokenOverMutualTlsEither() throws Exception {
        CertifiedBank bank = bank("hosted-bank", Way.PKI, hosted, true, null);
        AccessToken token = bank.token(PERSON);

        refused(
                wire(hosted).get(mutual("/fapi/userinfo"), "Authorization", "Bearer " + token.getValue()),
                "invalid_token",
                "missing_access_token");
        expect(200, bank.fetch(token));
    }

    @Test
    @Requirement("RFC8705-3")
    void aClientWhoseTokensAreBoundToItsCertificateSendsNoProof() throws Exception {
        CertifiedBank bank = bank("named-bank", Way.PKI, named, true, null);

        HTTPResponse answer = bank.redeem(bank.code(PERSON));

        assertThat(CertifiedBank.json(expect(400, answer)).path("code").asText())
                .isEqualTo("invalid_dpop_proof");
    }

    // The two listeners

    @Test
    @Requirement("RFC8705-5")
    void theMetadataLeadToTheListenerForCertificates() throws Exception {
        JsonNode metadata = plain.get(at("/.well-known/oauth-authorization-server/fapi"))
                .expect(200)
                .json();
        JsonNode aliases = metadata.path("mtls_endpoint_aliases");

        assertThat(aliases.path("token_endpoint").asText())
                .isEqualTo(mutual("/fapi/token").toString());
        assertThat(aliases.path("pushed_authorization_request_endpoint").asText())
                .isEqualTo(mutual("/fapi/par").toString());
        assertThat(aliases.path("userinfo_endpoint").asText())
                .isEqualTo(mutual("/fapi/userinfo").toString());
        assertThat(aliases.path("revocation_endpoint").asText())
                .isEqualTo(mutual("/fapi/revoke").toString());
        assertThat(aliases.path("grant_management_endpoint").asText())
                .isEqualTo(mutual("/fapi/grants").toString());
        assertThat(metadata.path("tls_client_certificate_bound_access_tokens").asBoolean())
                .isTrue();
        assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"private_key_jwt\",\"tls_client_auth\",\"self_signed_tls_client_auth\"]");
        assertThat(metadata.path("token_endpoint").asText())
                .isEqualTo(at("/fapi/token").toString());
    }

    @Test
    @Requirement("RFC8705-5")
    void theListenerForCertificatesServesClientsAlone() throws Exception {
        for (String path : List.of(
                "/",
                "/me",
                "/api/me/consents",
                "/sandbox/clients",
                "/fapi/auth",
                "/fapi/../me",
                "/fapi/%2e%2e/me",
                "//me",
                "/bank")) {
            Answer answer = wire(named).get(URI.create("https://localhost:" + mutualPort + path));

            assertThat(answer.status()).as(path).isEqualTo(404);
        }
    }

    @Test
    @Requirement("CX-TLS-1")
    void bothListenersSpeakTheSameTls() throws Exception {
        Path trusted = folder.data().resolve("tls").resolve("ca.crt");

        for (int port : List.of(service.plan().port(), mutualPort)) {
            assertThat(TlsProbe.offer(
                            port,
                            trusted,
                            folder.beside("java.security"),
                            "TLSv1.1",
                            "any",
                            "TLSv1.2",
                            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                            "TLSv1.2",
                            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                            "TLSv1.3",
                            "any"))
                    .satisfiesExactly(
                            old -> assertThat(old).isEqualTo("refused"),
                            weak -> assertThat(weak).isEqualTo("refused"),
                            good -> assertThat(good).isEqualTo("TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                            best -> assertThat(best).startsWith("TLSv1.3 "));
        }
    }

    // The sandbox's own authority

    @Test
    @Requirement("CX-TLS-2")
    void theStartSaysHowToTrustTheAuthority() throws Exception {
        String authorityFile = folder.data().resolve("tls").resolve("ca.crt").toString();

        assertThat(service.output())
                .contains("curl --cacert " + authorityFile + " " + service.base())
                .contains("update-ca-certificates")
                .contains("security add-trusted-cert")
                .contains("Firefox")
                .doesNotContain("cannot reach itself");
    }

    @Test
    @Requirement("CX-TLS-2")
    void aReadyMadeClientAndTheSourcesWorkUnderTls() throws Exception {
        Bank bank = Bank.visit(plain, service.base(), Bank.all(plain, service.base()), "harbour-bank");

        JsonNode record = bank.open(bank.fetch(service.base(), bank.accessToken(service.base(), PERSON)));

        assertThat(record.path("consent").path("outcomes").toString())
                .contains("released")
                .doesNotContain("source_unavailable");
    }

    @Test
    @Requirement("CX-TLS-2")
    void theDemoBankTrustsTheSandboxItStandsIn() throws Exception {
        String bank = "https://127.0.0.1:" + service.plan().port();
        assertThat(plain.get(URI.create(bank + "/bank")).expect(200).body()).contains("Harbour Bank");

        Answer sent = plain.form(URI.create(bank + "/bank/start"), "how=consentry", "Origin", bank);

        assertThat(sent.expect(303).header("location")).startsWith(service.base() + "/fapi/auth?");
    }

    @Test
    @Requirement("CX-TLS-2")
    void theFlowOfTheShellWorksUnderTls() throws Exception {
        var builder = new ProcessBuilder("scripts/flow", "--tls");
        builder.environment()
                .put("CONSENTRY_PORT", Integer.toString(service.plan().port()));
        builder.environment().put("CONSENTRY_DATA", folder.data().toString());
        builder.environment().remove("CONSENTRY_BASE_URL");
        builder.redirectError(folder.beside("flow.log").toFile());
        Process flow = builder.start();
        String said = new String(flow.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(flow.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(JSON.readTree(said).path("aud").asText())
                .as(Files.readString(folder.beside("flow.log")))
                .isEqualTo("harbour-bank");
    }

    private CertifiedBank bank(String id, Way way, TestCertificate certificate) throws Exception {
        return bank(id, way, certificate, false, null);
    }

    private CertifiedBank bank(String id, Way way, TestCertificate certificate, boolean dpop, ECKey key)
            throws Exception {
        return new CertifiedBank(plain, service.base(), id, way, context(certificate), dpop, key);
    }

    private static ECKey ecKey() throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID("other").generate();
    }

    private Wire wire(TestCertificate certificate) {
        return new Wire(context(certificate));
    }

    private SSLContext context(TestCertificate certificate) {
        return certificate.trusting(local);
    }

    private URI at(String path) {
        return URI.create(service.base() + path);
    }

    private URI mutual(String path) {
        return URI.create("https://localhost:" + mutualPort + path);
    }

    private String boundTo(AccessToken token) throws SQLException {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select cert_thumbprint from access_token where client_id = 'assertion-bank'")) {
            assertThat(token.getValue()).isNotEmpty();
            row.next();
            return row.getString(1);
        }
    }

    private static HTTPResponse expect(int status, HTTPResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        return answer;
    }

    private static void refused(Answer answer, String error, String code) {
        answer.expect(401);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.code()).isEqualTo(code);
    }
}
