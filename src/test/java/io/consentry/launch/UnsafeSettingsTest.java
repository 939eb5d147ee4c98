package io.consentry.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.database.StartRefusal;
import io.consentry.requirement.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before anything starts, in sentences that tell the person what to do. */
class UnsafeSettingsTest {

    private static final String DATABASE = "quarkus.datasource.jdbc.url";

    private final List<String> set = new ArrayList<>();
    private final Optional<String> database =
            Optional.ofNullable(System.clearProperty(DATABASE)); // a service's, of another test

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        set.forEach(System::clearProperty);
        database.ifPresent(url -> System.setProperty(DATABASE, url));
    }

    @Test
    @Requirement("CX-OP-1")
    void productionIsTheDefaultAndWantsAMasterKey() {
        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("CONSENTRY_MASTER_KEY_FILE must name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bank.example/data",
                "https://bank.example/",
                "https://bank.example?a=b",
                "https://bank.example#a",
                "https://me@bank.example",
                "bank.example",
                "https://",
                "https://a b"
            })
    void aBaseUrlIsAnOriginAndNothingElse(String base) {
        given("consentry.mode", "sandbox");
        given("consentry.base-url", base);

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("CONSENTRY_BASE_URL must be scheme, host and perhaps a port")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://data.example.sg", "http://localhost:8080", "https://[2001:db8::1]:8443"})
    void aBaseUrlOfAHostIsTaken(String base) {
        given("consentry.mode", "sandbox");
        given("consentry.base-url", base);

        assertThatCode(() -> new UnsafeSettings(LaunchSettings.read()).refuse()).doesNotThrowAnyException();
    }

    @Test
    @Requirement("CX-OP-1")
    void productionWantsADatabaseOfItsOwn() throws IOException {
        givenAMasterKey("A".repeat(43) + "=");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("QUARKUS_DATASOURCE_JDBC_URL must name");
    }

    @Test
    @Requirement("CX-OP-1")
    void productionWithBothStarts() throws IOException {
        givenAMasterKey("A".repeat(43) + "=");
        given("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/consentry");

        assertThatCode(() -> new UnsafeSettings(LaunchSettings.read()).refuse()).doesNotThrowAnyException();
    }

    @Test
    @Requirement("CX-OP-1")
    void productionWantsAMasterKeyThatIsOne() throws IOException {
        givenAMasterKey("");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("does not hold 32 random bytes");
    }

    @Test
    @Requirement("CX-CLOCK-3")
    void productionIsNeverAheadOfTime() throws IOException {
        givenAMasterKey("A".repeat(43) + "=");
        given("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/consentry");
        given("consentry.clock.ahead", "P1D");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("CONSENTRY_CLOCK_AHEAD is for the sandbox");
    }

    @Test
    void theSandboxNeedsNothing() {
        given("consentry.mode", "sandbox");

        assertThatCode(() -> new UnsafeSettings(LaunchSettings.read()).refuse()).doesNotThrowAnyException();
    }

    @Test
    void anUnknownModeIsRefused() {
        given("consentry.mode", "playground");

        assertThatThrownBy(LaunchSettings::read)
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("playground");
    }

    @Test
    void aBusyPortIsRefusedByItsSetting() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            given("consentry.port", Integer.toString(busy.getLocalPort()));

            assertThatThrownBy(() -> new LaunchPorts(LaunchSettings.read()).claim())
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageContaining("Port " + busy.getLocalPort())
                    .hasMessageContaining("CONSENTRY_PORT");
        }
    }

    @Test
    void theManagementPortFollowsTheServicesPort() throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = probe.getLocalPort();
        }
        given("consentry.port", Integer.toString(port));
        given("consentry.management-port", Integer.toString(port - 7));
        set.add("quarkus.management.port");

        new LaunchPorts(LaunchSettings.read()).claim();

        assertThat(System.getProperty("quarkus.management.port")).isEqualTo(Integer.toString(port - 7));
    }

    @Test
    @Requirement("CX-TLS-3")
    void productionMakesNoAuthorityOfItsOwn() {
        given("consentry.tls", "local");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("CONSENTRY_TLS=local is for the sandbox only");
    }

    @Test
    @Requirement("CX-TLS-3")
    void aCertificateGoesWithItsKey() {
        given("consentry.mode", "sandbox");
        given("consentry.tls.certificate", "service.crt");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("go together");
    }

    @Test
    @Requirement("CX-TLS-3")
    void mutualTlsIsRefusedWithoutTls() {
        given("consentry.mode", "sandbox");
        given("consentry.mtls.port", "8443");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("CONSENTRY_MTLS_PORT needs TLS in the service itself");
    }

    @Test
    @Requirement("CX-TLS-3")
    void aBaseUrlInPlainHttpIsRefusedUnderTls() {
        given("consentry.mode", "sandbox");
        given("consentry.tls", "local");
        given("consentry.base-url", "http://consent.example");

        assertThatThrownBy(() -> new UnsafeSettings(LaunchSettings.read()).refuse())
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("must begin with https://");
    }

    private void givenAMasterKey(String content) throws IOException {
        given(
                "consentry.master-key-file",
                Files.writeString(folder.resolve("key"), content).toString());
    }

    private void given(String name, String value) {
        System.setProperty(name, value);
        set.add(name);
    }
}
