package io.consentry.program.production;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.consentry.postgres.LocalPostgres;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.TestAuthority;
import io.consentry.testing.TestCertificate;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The jar's default mode: it wants what production needs, and holds nothing of the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionModeTest {

    private final TestAuthority authority = TestAuthority.named("CN=Test authority");
    private final Wire wire = new Wire(TestCertificate.none(authority.own().certificate()));

    private ProgramFolder folder;
    private LocalPostgres postgres;
    private RunningService service;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("production");
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        Files.writeString(folder.beside("master.key"), Base64.getEncoder().encodeToString(random));
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
        service = RunningService.start(underAPublicName(complete("service")));
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        service.close();
        postgres.close();
        folder.close();
    }

    private RunningService.Plan bare(String name) {
        return RunningService.Plan.in(folder.beside(name));
    }

    private RunningService.Plan complete(String name) {
        return bare(name)
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString())
                .with("CONSENTRY_LEDGER_STORE", folder.beside("ledger").toString())
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password());
    }

    private RunningService.Plan underAPublicName(RunningService.Plan plan) throws Exception {
        TestCertificate own = authority.server("CN=localhost", "localhost");
        return plan.with("CONSENTRY_BASE_URL", "https://consentry.test")
                .with("CONSENTRY_MTLS_PORT", "0")
                .with(
                        "CONSENTRY_TLS_CERTIFICATE",
                        own.writeCertificate(folder.beside("service.crt")).toString())
                .with(
                        "CONSENTRY_TLS_KEY",
                        own.writeKey(folder.beside("service.key")).toString());
    }

    /** The other settings that it refuses: {@code UnsafeSettingsTest}, {@code ClientFileInProductionTest}. */
    @Test
    @Requirement("CX-OP-1")
    void withoutAMasterKeyItRefusesInOneSentence() throws Exception {
        RunningService refused = RunningService.launch(bare("no-key"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output().strip())
                .startsWith("In production mode CONSENTRY_MASTER_KEY_FILE must name")
                .doesNotContain("\n");
    }

    @Test
    @Requirement("CX-OP-2")
    void everyAddressOfTheSandboxAnswersAsAnUnknownOne() throws Exception {
        Set<String> addresses = sandboxAddresses();
        assertThat(addresses).contains("/sandbox/clients", "/sandbox/decisions", "/sandbox/agencies/x/fault");

        for (String address : addresses) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                Answer unknown = wire.json(method, at("/nowhere/at/all"), "{}");
                Answer answer = wire.json(method, at(address), "{}");

                assertThat(form(answer)).as(method + " " + address).isEqualTo(form(unknown.expect(404)));
            }
            assertThat(page(address)).as("page at " + address).isEqualTo(page("/nowhere/at/all"));
        }
    }

    @Test
    @Requirement("CX-OP-2")
    void noSpellingOfAnAddressOpensTheSandbox() throws Exception {
        for (String address : List.of(
                "//sandbox/clients",
                "/sandbox//clients",
                "/%73andbox/clients",
                "/sandbox%2Fclients",
                "/sandbox;a=b/clients",
                "/sandbox/clients;a=b",
                "/fapi/../sandbox/clients",
                "/./sandbox/clients",
                "/sandbox/clients/",
                "/SANDBOX/clients")) {
            Answer answer = wire.get(at(address));

            assertThat(answer.status())
                    .as(address + " answered " + answer.body())
                    .isEqualTo(404);
            assertThat(answer.body()).doesNotContain("harbour-bank");
        }
    }

    @Test
    @Requirement("CX-OP-2")
    void nobodyIsInventedAndNoClientIsReady() throws SQLException {
        assertThat(count("select count(*) from client")).isZero();
        assertThat(count("select count(*) from sandbox_client")).isZero();
        assertThat(count("select count(*) from person")).isZero();
    }

    @Test
    void healthAndMetricsAreOnTheManagementPortOnly() throws Exception {
        for (String address : List.of("/q/health/live", "/q/health/ready", "/q/metrics")) {
            assertThat(wire.get(service.plan().managementBase().resolve(address))
                            .status())
                    .as(address)
                    .isEqualTo(200);
            assertThat(wire.get(at(address)).status()).as(address).isEqualTo(404);
        }
    }

    @Test
    @Requirement("FAPI2-SP-5.2.3-1")
    void underAPublicNameBrowsersAreToldNeverToComeByHttp() throws Exception {
        for (String address :
                List.of("/", "/fapi/auth", "/fapi/userinfo", "/assets/consentry.css", "/nowhere/at/all")) {
            assertThat(wire.get(at(address)).header("strict-transport-security"))
                    .as(address)
                    .isEqualTo("max-age=31536000; includeSubDomains");
        }
    }

    @Test
    void anErrorIsTerse() throws Exception {
        JsonNode problem = wire.get(at("/api/me/consents")).expect(401).json();

        assertThat(problem.properties()).extracting(Map.Entry::getKey).contains("code", "trace_id", "detail");
        assertThat(problem.has("expected") || problem.has("received") || problem.has("suggested_action"))
                .isFalse();
    }

    private URI at(String address) {
        return URI.create(service.base() + address);
    }

    private String page(String address) throws IOException, InterruptedException {
        Answer answer = wire.get(at(address), "Accept", "text/html").expect(404);
        return answer.body().replaceAll("[0-9a-f]{32}", "TRACE");
    }

    /** What tells one 404 from another: everything but the trace id. */
    private static String form(Answer answer) {
        JsonNode body = answer.json();
        if (body instanceof ObjectNode problem) {
            problem.remove("trace_id");
        }
        return answer.status() + " " + new TreeSet<>(answer.headers().keySet()) + " " + answer.header("content-type")
                + " " + body;
    }

    /** All addresses that the sandbox's resources have, and the demo bank's, whatever they will be. */
    private static Set<String> sandboxAddresses() {
        var addresses = new TreeSet<>(Set.of("/sandbox", "/sandbox/", "/sandbox/unknown", "/bank", "/bank/callback"));
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.consentry.sandbox", "io.consentry.bank")) {
            if (type.isAnnotatedWith(Path.class)) {
                String parent = type.getAnnotationOfType(Path.class).value();
                addresses.add(concrete(parent));
                for (JavaMethod method : type.getMethods()) {
                    if (method.isAnnotatedWith(Path.class)) {
                        addresses.add(concrete(parent + "/"
                                + method.getAnnotationOfType(Path.class).value()));
                    }
                }
            }
        }
        return addresses;
    }

    private static String concrete(String template) {
        return template.replaceAll("\\{[^}]*}", "x").replaceAll("/+", "/");
    }

    private long count(String query) throws SQLException {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
