package io.consentry.program.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.consentry.sandbox.PeopleFiles;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Promise 4. After a day on which everything happened, once at the usual log level and once at debug with tracing on,
 * the values of the people it happened to are looked for in everything that the program left anywhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Requirement("CX-4")
class CanaryTest {

    private final Canaries canaries = new Canaries(PeopleFiles.vocabulary());
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Wire wire = new Wire(answers::add);
    private final StringBuilder scraped = new StringBuilder();

    private ProgramFolder folder;
    private Recorder agencies;
    private Recorder traces;
    private RunningService service;

    @BeforeAll
    void everythingHappens() throws Exception {
        folder = ProgramFolder.create("privacy");
        DayOfTrouble.PEOPLE.forEach(canaries::addIdentity);
        canaries.addIdentity(DayOfTrouble.STRANGER);
        DayOfTrouble.PEOPLE.forEach(uinfin -> canaries.addAll(PeopleFiles.agenciesOf(uinfin)));
        var usual = RunningService.Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox");
        agencies = Recorder.before(usual.base());
        traces = Recorder.sink();
        usual = usual.withProperty("consentry.source.agencies-url", agencies.address() + "/sandbox/agencies");
        service = RunningService.start(usual);
        aDay();
        service.close();
        service = RunningService.start(usual.withProperty("quarkus.log.category.\"io.consentry\".level", "DEBUG")
                .withProperty("quarkus.otel.sdk.disabled", "false")
                .withProperty(
                        "quarkus.otel.exporter.otlp.endpoint", traces.address().toString())
                .withProperty("quarkus.otel.exporter.otlp.protocol", "http/protobuf")
                .withProperty("quarkus.otel.bsp.schedule.delay", "200ms"));
        aDay();
    }

    private void aDay() throws Exception {
        try (Connection superuser = folder.asSuperuser()) {
            new DayOfTrouble(wire, service.base(), canaries).happens(superuser);
        }
        for (String address : List.of("/q/metrics", "/q/health")) {
            URI uri = service.plan().managementBase().resolve(address);
            scraped.append(wire.get(uri).expect(200).body());
        }
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        service.close();
        agencies.close();
        traces.close();
        folder.close();
    }

    @Test
    @Order(1)
    void noTableHoldsAValue() throws Exception {
        assertThat(canaries.count()).isGreaterThan(100);
        assertThat(inTheDatabase()).isEmpty();
    }

    /** The heap, the write-ahead log, the server's own log, tiles, keys. */
    @Test
    @Order(2)
    void noFileHoldsAValue() throws Exception {
        assertThat(inTheFiles()).isEmpty();
    }

    @Test
    @Order(3)
    void noLogHoldsAValue() throws Exception {
        String log = service.output();

        assertThat(log).contains("DEBUG", "consent_withdrawn", "Unexpected [");
        assertThat(canaries.in(log)).isEmpty();
    }

    @Test
    @Order(4)
    void noMetricHoldsAValue() {
        assertThat(scraped).contains("http_server_requests_seconds_count");
        assertThat(canaries.in(scraped.toString())).isEmpty();
    }

    @Test
    @Order(5)
    void noTraceHoldsAValue() {
        assertThat(new String(traces.bodies(), StandardCharsets.ISO_8859_1)).contains("/fapi/userinfo");
        assertThat(canaries.in(traces.bodies())).isEmpty();
    }

    @Test
    @Order(6)
    void noHeaderAndNoAddressHoldsAValue() {
        for (Answer answer : answers) {
            assertThat(canaries.in(answer.headers().toString()))
                    .as(answer.request().uri().getPath())
                    .isEmpty();
        }
    }

    @Test
    @Order(7)
    void noErrorAndNoOtherAnswerHoldsAValue() {
        for (Answer answer : answers) {
            if (!DayOfTrouble.mayHoldValues(answer)) {
                assertThat(canaries.in(answer.body())).as(answer.toString()).isEmpty();
            }
        }
        assertThat(answers.stream().map(Answer::status)).contains(400, 401, 404, 413, 500);
    }

    /** Agencies get the number in a body, never in a URL or a header. */
    @Test
    @Order(8)
    void noAgencyIsAskedInAnAddress() {
        assertThat(canaries.in(agencies.bodies())).contains(DayOfTrouble.PEOPLE.getFirst() + " as it is");
        assertThat(canaries.in(agencies.heads().toString())).isEmpty();
    }

    @Test
    @Order(9)
    void thePageThatShowsValuesIsNotKept() {
        List<Answer> pages = answers.stream()
                .filter(answer -> answer.request().uri().getPath().startsWith("/consent/"))
                .filter(DayOfTrouble::mayHoldValues)
                .toList();

        assertThat(pages)
                .isNotEmpty()
                .allMatch(page -> page.header("cache-control").contains("no-store"));
        assertThat(canaries.in(pages.getFirst().body()))
                .as("it does show values")
                .isNotEmpty();
    }

    @Test
    @Order(10)
    void noEventHoldsAValue() {
        List<Answer> told = answers.stream()
                .filter(answer -> answer.request().uri().getPath().equals(DayOfTrouble.RECEIVER))
                .toList();

        assertThat(told).hasSize(2).allMatch(answer -> answer.body().contains("/fapi/events/withdrawn"));
        told.forEach(answer -> assertThat(canaries.in(answer.body())).isEmpty());
    }

    /** The search is worth something only if it finds what is there. */
    @Test
    @Order(11)
    void whatIsPlantedIsFound() throws Exception {
        String number = DayOfTrouble.PEOPLE.getFirst();
        String name = "TAN HUI WEN CLARISSA";
        try (Connection superuser = folder.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("create table scratch as select '" + name + "'::text as plain, convert_to('" + number
                    + "', 'UTF8') as bytes, sha256('" + number + "') as hash, encode(convert_to('x" + name
                    + "', 'UTF8'), 'base64') as encoded");
        }
        Files.write(folder.data().resolve("scratch.log"), ("at " + name + "\n").getBytes(StandardCharsets.UTF_16LE));

        assertThat(inTheDatabase())
                .contains(
                        name + " as it is",
                        number + " in hex",
                        number + " as SHA-256 in hex",
                        name + " in base64 at 1");
        assertThat(inTheFiles())
                .anyMatch(found -> found.startsWith("postgres/cluster/base/") && found.contains(name + " as it is"))
                .anyMatch(
                        found -> found.startsWith("postgres/cluster/pg_wal/") && found.contains(number + " as SHA-256"))
                .anyMatch(found -> found.startsWith("scratch.log") && found.contains(name + " in UTF-16LE"));
        assertThat(canaries.in("GET /x?name=TAN+HUI+WEN+CLARISSA")).containsExactly(name + " URL-encoded");
    }

    private Set<String> inTheDatabase() throws Exception {
        try (Connection superuser = folder.asSuperuser()) {
            return canaries.in(DatabaseDump.of(superuser));
        }
    }

    /** Leaves out PostgreSQL's own programs, behind a link: they are unpacked before there is any data. */
    private Set<String> inTheFiles() throws Exception {
        try (Connection superuser = folder.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("checkpoint");
        }
        var found = new TreeSet<String>();
        try (Stream<Path> tree = Files.walk(folder.data())) {
            for (Path file : tree.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String name = folder.data().relativize(file).toString();
                for (String canary : canaries.in(content(file))) {
                    found.add(name + ": " + canary);
                }
            }
        }
        return found;
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0]; // the server removes files of its own while it runs
        }
    }
}
