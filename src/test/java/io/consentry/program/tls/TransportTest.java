package io.consentry.program.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Bank;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.TestAuthority;
import io.consentry.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TLS by a certificate that an operator names: what is spoken, what is refused, and that everything works over it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransportTest {

    private static final String ECDHE_RSA_GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private final TestAuthority authority = TestAuthority.named("CN=Test authority");
    private ProgramFolder folder;
    private RunningService service;
    private Path trusted;
    private Wire wire;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("transport");
        TestCertificate own = authority.server("CN=localhost", "localhost");
        trusted = authority.own().writeCertificate(folder.beside("authority.crt"));
        wire = new Wire(TestCertificate.none(authority.own().certificate()));
        service = RunningService.start(RunningService.Plan.in(folder.data())
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_MTLS_PORT", "0")
                .with(
                        "CONSENTRY_TLS_CERTIFICATE",
                        own.writeCertificate(folder.beside("service.crt")).toString())
                .with(
                        "CONSENTRY_TLS_KEY",
                        own.writeKey(folder.beside("service.key")).toString()));
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        folder.close();
    }

    @Test
    @Requirement("FAPI2-SP-5.2.1-2")
    @Requirement("FAPI2-CERT-TLS")
    void oldProtocolsAreRefusedAndTheNewestIsPreferred() throws Exception {
        assertThat(offer("TLSv1", "any", "TLSv1.1", "any", "TLSv1.1,TLSv1", "any"))
                .containsExactly("refused", "refused", "refused");
        assertThat(offer("TLSv1.3,TLSv1.2,TLSv1.1", "any", "TLSv1.2", "any"))
                .satisfiesExactly(
                        newest -> assertThat(newest).startsWith("TLSv1.3 "),
                        older ->
                                assertThat(older).matches("TLSv1.2 TLS_ECDHE_RSA_WITH_AES_(128|256)_GCM_SHA(256|384)"));
    }

    @Test
    @Requirement("FAPI2-SP-5.2.2-1")
    @Requirement("FAPI2-CERT-TLS")
    void underTls12OnlySuitesWithForwardSecrecyAndAesGcmAreSpoken() throws Exception {
        assertThat(offer(
                        "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                        "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                        "TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256",
                        "TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA",
                        "TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLSv1.2", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"))
                .containsOnly("refused");
        assertThat(offer("TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA," + ECDHE_RSA_GCM))
                .containsExactly("TLSv1.2 " + ECDHE_RSA_GCM);
    }

    @Test
    @Requirement("FAPI2-SP-5.2.1-1")
    void nothingAnswersInPlainHttp() {
        URI plain = URI.create("http://localhost:" + service.plan().port() + "/");

        assertThatThrownBy(() -> new Wire().get(plain)).isInstanceOf(IOException.class);
    }

    @Test
    @Requirement("CX-TLS-1")
    void theWholeFlowRunsOverTls() throws Exception {
        JsonNode all = Bank.all(wire, service.base());
        Bank bank = Bank.visit(wire, service.base(), all, "harbour-bank");

        String token = bank.accessToken(service.base(), "S9812381D");
        JsonNode record = bank.open(bank.fetch(service.base(), token));

        assertThat(record.path("person_info").path("name").path("value").asText())
                .isNotEmpty();
        assertThat(record.path("consent").path("outcomes").toString())
                .contains("released")
                .doesNotContain("source_unavailable");
    }

    @Test
    @Requirement("CX-TLS-1")
    void aSessionCookieStaysWithinTls() throws Exception {
        Answer signedIn = wire.json("POST", at("/sandbox/sign-in"), "{\"uinfin\": \"S9812381D\"}")
                .expect(204);

        assertThat(signedIn.header("set-cookie"))
                .startsWith("__Host-consentry_session=")
                .contains("Secure")
                .contains("HttpOnly");
        // Nothing that would keep the developer's other programs on localhost from plain HTTP.
        assertThat(signedIn.headers()).doesNotContainKey("strict-transport-security");
    }

    @Test
    @Requirement("RFC8705-5")
    void withoutTheListenerTheMetadataNamesNoMutualTls() throws Exception {
        JsonNode metadata =
                wire.get(at("/fapi/.well-known/openid-configuration")).json();

        assertThat(metadata.path("issuer").asText()).isEqualTo(service.base() + "/fapi");
        assertThat(metadata.has("mtls_endpoint_aliases")).isFalse();
        assertThat(metadata.path("tls_client_certificate_bound_access_tokens").asBoolean())
                .isFalse();
        assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"private_key_jwt\"]");
    }

    private java.util.List<String> offer(String... offers) throws Exception {
        return TlsProbe.offer(service.plan().port(), trusted, folder.beside("java.security"), offers);
    }

    private URI at(String path) {
        return URI.create(service.base() + path);
    }
}
