package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.Statements;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever tries the identifier of something that is another's learns as much as from one that never was: the same status,
 * headers and words, after the very same statements to the database, which stands for the same time.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-SAME-1")
class SameAnswerTest {

    private static final String OWNER = "S6133472F";
    private static final String OTHER = "S0417725H";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    /** A variable part that says what it may be: {@code {log: [0-9]{1,3}}}. */
    private static final Pattern BOUND = Pattern.compile("\\{(\\w+): (?:[^{}]|\\{[^{}]*})*}");

    private static final Pattern TRACE = Pattern.compile("\\b[0-9a-f]{32}\\b");

    /** Addresses with a variable part that is nobody's, each with the reason. */
    private static final Map<String, String> NOBODYS = Map.of(
            "GET /schemas/{file}", "published for everybody",
            "GET /docs/errors/{code}", "published for everybody",
            "GET /ledger/tile/{tile}", "published for everybody",
            "GET /ledger/{log}/checkpoint", "published for everybody",
            "GET /ledger/{log}/tile/{tile}", "published for everybody",
            "GET /api/me/receipts/{log}/{number}",
                    "counts the events of whoever asks: nobody has a number of another's",
            "GET /consent/{interaction}",
                    "a UUID of 110 random bits, which the first person who comes makes theirs; another one is told so",
            "POST /consent/{interaction}",
                    "a UUID of 110 random bits, which the first person who comes makes theirs; another one is told so");

    @Inject
    Clients clients;

    private TestClient bank;
    private ClientAccess access;
    private TestResident resident;
    private String csrf;
    private String lasting;
    private String ended;
    private ClientFlow owner;
    private String refreshToken;

    @BeforeEach
    void somethingOfAnothers() {
        bank = TestClient.registered(clients, metadata -> {
            metadata.put(
                    "scope",
                    "openid uinfin name email events grant_management_query grant_management_revoke deletion_attest");
            metadata.putArray("grant_types")
                    .add("authorization_code")
                    .add("client_credentials")
                    .add("refresh_token");
            metadata.put("purpose", "account_review");
            metadata.putObject("events_delivery").put("method", "poll");
        });
        access = ClientAccess.of(bank, "events grant_management_query grant_management_revoke deletion_attest");
        resident = TestResident.signIn(OTHER);
        Matcher token = CSRF.matcher(
                Call.to("GET", "/me").header("Cookie", resident.cookie()).send().body());
        assertThat(token.find()).isTrue();
        csrf = token.group(1);
        ended = owned();
        TestResident.signIn(OWNER).withdraw(ended).is(204);
        lasting = owned();
    }

    /** A grant of another client and another person, used once. */
    private String owned() {
        owner = TestClient.ready("merlion-wealth")
                .flow()
                .asking("openid name email")
                .push();
        owner.approve(OWNER);
        Answer tokens = owner.redeem();
        owner.fetch();
        refreshToken = tokens.text("refresh_token");
        return tokens.text("grant_id");
    }

    /** What is tried at each address, given an identifier. */
    private Map<String, Function<String, Call>> doors() {
        var doors = new LinkedHashMap<String, Function<String, Call>>();
        doors.put("GET /fapi/grants/{grant_id}", id -> access.call("GET", "/grants/" + id));
        doors.put("DELETE /fapi/grants/{grant_id}", id -> access.call("DELETE", "/grants/" + id));
        doors.put(
                "GET /fapi/grants/{grant_id}/deletion-attestation",
                id -> access.call("GET", "/grants/" + id + "/deletion-attestation"));
        doors.put("POST /fapi/grants/{grant_id}/deletion-attestation", this::attestation);
        for (String part : List.of("", "/events", "/obligations", "/record", "/releases", "/versions")) {
            doors.put("GET /api/me/consents/{grant_id}" + part, id -> resident.call("GET", "/consents/" + id + part));
        }
        for (String act : List.of("/pause", "/resume", "/withdraw")) {
            doors.put("POST /api/me/consents/{grant_id}" + act, id -> resident.call("POST", "/consents/" + id + act));
        }
        doors.put(
                "POST /api/me/consents/{grant_id}/narrow",
                id -> resident.call("POST", "/consents/" + id + "/narrow")
                        .header("Content-Type", "application/json")
                        .body("{\"attributes\":[\"name\"]}"));
        for (String page : List.of("", "/withdraw", "/narrow")) {
            doors.put("GET /me/consents/{grant}" + page, id -> page("GET", id + page));
        }
        for (String form : List.of("/withdraw", "/pause", "/resume", "/narrow")) {
            doors.put(
                    "POST /me/consents/{grant}" + form,
                    id -> page("POST", id + form).with("csrf", csrf).with("without", "name"));
        }
        return doors;
    }

    @Test
    void anothersIdentifierAnswersAsOneThatNeverWasAtEveryAddress() {
        for (String others : List.of(lasting, ended)) {
            doors().forEach((name, door) -> {
                Seen never = see(door, UUID.randomUUID().toString());
                Seen anothers = see(door, others);

                assertThat(never.status()).as(name).isEqualTo(404);
                assertThat(anothers).as(name).isEqualTo(never);
                assertThat(never.statements()).as(name).isNotEmpty();
            });
        }
        assertThat(TestResident.signIn(OWNER).status(lasting)).isEqualTo("active");
    }

    @Test
    void noAddressIsLeftOut() throws IOException {
        Set<String> known = new TreeSet<>(doors().keySet());
        known.addAll(NOBODYS.keySet());

        assertThat(documented()).isSubsetOf(known);
        assertThat(served()).isEqualTo(known);
    }

    @Test
    void anothersIdentifierInABodyAnswersAsOneThatNeverWas() {
        for (String action : List.of("merge", "replace")) {
            for (String others : List.of(lasting, ended)) {
                isTheSame(
                        "PAR to " + action,
                        id -> bank.flow().asking("openid name").amending(action, id),
                        UUID.randomUUID().toString(),
                        others,
                        400);
            }
        }
        String random = refreshToken.substring(0, 20) + new StringBuilder(refreshToken.substring(20)).reverse();
        isTheSame("a refresh token", token -> bank.flow().refresh(token), random, refreshToken, 400);
        owner.push().approve(OWNER);
        isTheSame("a code", code -> bank.flow().token().with("code", code), random, owner.code(), 400);
        owner.push();
        isTheSame(
                "a request_uri",
                uri -> Call.to("GET", "/fapi/auth?client_id=" + bank.id() + "&request_uri=" + uri),
                owner.requestUri().replaceFirst("[^:]+$", random),
                owner.requestUri(),
                400);
        isTheSame(
                "an event",
                jti -> access.call("POST", "/events/poll")
                        .header("Content-Type", "application/json")
                        .body("{\"returnImmediately\":true,\"ack\":[\"" + jti + "\"]}"),
                UUID.randomUUID().toString(),
                lasting,
                200);
    }

    private void isTheSame(String name, Function<String, Call> door, String none, String others, int status) {
        Seen never = see(door, none);
        Seen anothers = see(door, others);

        assertThat(never.status()).as(name).isEqualTo(status);
        assertThat(anothers).as(name).isEqualTo(never);
        assertThat(never.statements()).as(name).isNotEmpty();
    }

    /** All that whoever asks can see, and what was done for it. */
    private record Seen(int status, String body, Map<String, List<String>> headers, List<String> statements) {}

    private static Seen see(Function<String, Call> door, String id) {
        door.apply(id).send(); // what the first call alone has to do is not counted
        String measured = UUID.randomUUID().toString();
        Answer answer = door.apply(id).header(Statements.HEADER, measured).send();
        Map<String, List<String>> headers = new TreeMap<>();
        answer.headers().map().forEach((header, values) -> {
            boolean differs = Set.of("date", "x-trace-id", "ratelimit").contains(header);
            headers.put(
                    header,
                    differs
                            ? List.of()
                            : values.stream().map(value -> without(value, id)).toList());
        });
        return new Seen(answer.status(), without(answer.body(), id), headers, List.copyOf(Statements.of(measured)));
    }

    private static String without(String text, String id) {
        return TRACE.matcher(text.replace(id, "ID")).replaceAll("TRACE");
    }

    private Call page(String method, String path) {
        return Call.to(method, "/me/consents/" + path)
                .header("Cookie", resident.cookie())
                .header("Accept", "text/html");
    }

    private Call attestation(String id) {
        long now = TestClock.now().getEpochSecond();
        String signed = bank.assertion()
                .header("typ", "deletion-attestation+jwt")
                .claim("sub", null)
                .claim("nbf", null)
                .claim("exp", null)
                .claim("aud", Service.issuer())
                .claim("iat", now)
                .claim("grant_id", id)
                .claim("deleted_at", now)
                .build();
        return access.call("POST", "/grants/" + id + "/deletion-attestation")
                .header("Content-Type", "application/jwt")
                .body(signed);
    }

    /** Every operation of the API's description whose address has a variable part. */
    private static Set<String> documented() throws IOException {
        Set<String> found = new TreeSet<>();
        String path = "";
        for (String line : Files.readAllLines(java.nio.file.Path.of("openapi", "openapi.yaml"))) {
            if (line.matches(" {2}/.*:")) {
                path = line.strip().replaceAll(":$", "");
            } else if (path.contains("{") && line.matches(" {4}(get|post|put|delete|patch|head):")) {
                found.add(line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT) + " " + path);
            } else if (line.matches("\\S.*")) {
                path = "";
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    /**
     * Every operation of the service itself, pages too, whose address has a variable part; the sandbox and its bank are not the
     * product.
     */
    private static Set<String> served() {
        // Libraries are asked for nothing but names, and not read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .importPath(java.nio.file.Path.of("target", "classes", "io", "consentry")).stream()
                        .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                        .filter(type -> !Set.of("io.consentry.sandbox", "io.consentry.bank")
                                .contains(type.getPackageName()))
                        .flatMap(SameAnswerTest::operations)
                        .map(operation -> BOUND.matcher(operation).replaceAll("{$1}"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> operations(JavaClass type) {
        return type.getMethods().stream()
                .filter(method ->
                        method.getParameters().stream().anyMatch(each -> each.isAnnotatedWith(PathParam.class)))
                .map(method -> verb(method) + " "
                        + type.getAnnotationOfType(Path.class).value()
                        + method.tryGetAnnotationOfType(Path.class)
                                .map(Path::value)
                                .orElse(""));
    }

    private static String verb(JavaMethod method) {
        return Stream.of(GET.class, POST.class, DELETE.class)
                .filter(method::isAnnotatedWith)
                .map(Class::getSimpleName)
                .findFirst()
                .orElseThrow();
    }
}
