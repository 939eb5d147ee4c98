package io.consentry.program.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.postgres.LocalPostgres;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.LedgerOutside;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestReceiver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes share the outbox, and die at the worst of moments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {

    private static final URI BASE = URI.create("http://consentry.test");
    private static final String PERSON = "S9812381D";
    private static final int GRANTS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Wire wire = new Wire();
    private final TestReceiver receiver = TestReceiver.start();

    private ProgramFolder folder;
    private LocalPostgres postgres;
    private RunningService first;
    private RunningService second;
    private JsonNode clients;

    @BeforeAll
    void startBoth() throws Exception {
        folder = ProgramFolder.create("events");
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
        Path file = toldBank();
        first = RunningService.launch(node("first", file));
        second = RunningService.launch(node("second", file));
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        receiver.close();
        first.close();
        second.close();
        postgres.close();
        folder.close();
    }

    @Test
    @Requirement("CX-NOTICE-5")
    void noEventIsLostAndNoneOvertakesAnotherOfItsGrant() throws Exception {
        List<String> grants = new ArrayList<>();
        for (int i = 0; i < GRANTS; i++) {
            URI here = i % 2 == 0 ? first.base() : second.base();
            URI there = i % 2 == 0 ? second.base() : first.base();
            grants.add(granted(here));
            Customer.signIn(wire, there, PERSON)
                    .withdraw(there, grants.getLast())
                    .expect(204);
        }
        everythingArrives(grants);

        // Acts are committed while nobody listens; then every node is killed before it can push them.
        receiver.goDown();
        for (int i = 0; i < 4; i++) {
            grants.add(granted(first.base()));
            Customer.signIn(wire, second.base(), PERSON)
                    .withdraw(second.base(), grants.getLast())
                    .expect(204);
        }
        first.kill();
        second.kill();
        receiver.open();
        first = RunningService.start(first.plan());
        second = RunningService.start(second.plan());
        everythingArrives(grants);

        // One dies with pushes under way: its claims run out, and the other repeats them.
        receiver.replying(new TestReceiver.Reply(202, "", 1_000));
        for (int i = 0; i < 4; i++) {
            grants.add(granted(first.base()));
            Customer.signIn(wire, first.base(), PERSON)
                    .withdraw(first.base(), grants.getLast())
                    .expect(204);
        }
        first.kill();
        receiver.replying(TestReceiver.Reply.ACCEPTED);
        everythingArrives(grants);
        first = RunningService.start(first.plan());

        try (Connection database = folder.asSuperuser()) {
            assertThat(LedgerOutside.problems(database, folder.beside("master.key")))
                    .isEmpty();
        }
    }

    /** Every grant's events came, each for the first time after the one before it; and all are acknowledged. */
    private void everythingArrives(List<String> grants) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (open() > 0 && System.nanoTime() < deadline) {
            TestReceiver.pause();
        }
        assertThat(open()).isZero();
        Map<String, List<String>> came = byGrant();
        assertThat(came.keySet()).containsExactlyInAnyOrderElementsOf(grants);
        grants.forEach(grant -> assertThat(came.get(grant)).containsExactly("granted", "withdrawn"));
    }

    private Map<String, List<String>> byGrant() throws ParseException, IOException {
        var came = new LinkedHashMap<String, List<String>>();
        for (TestReceiver.Pushed pushed : receiver.pushed()) {
            JsonNode events = JSON.readTree(
                            JWSObject.parse(pushed.token()).getPayload().toString())
                    .path("events");
            String type = events.fieldNames().next();
            String kind = type.substring(type.lastIndexOf('/') + 1);
            List<String> kinds =
                    came.computeIfAbsent(events.path(type).path("grant_id").asText(), none -> new ArrayList<>());
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        return came;
    }

    private long open() throws Exception {
        try (Connection database = folder.asSuperuser();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from notice where settled_at is null) + (select count(*) from ledger_outbox)")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String granted(URI node) throws IOException, InterruptedException {
        Bank bank = Bank.visit(wire, BASE, clients, "told-bank");
        String requestUri =
                bank.push(node).expect(201).json().get("request_uri").asText();
        String code = Bank.code(bank.decide(node, requestUri, PERSON, "approve"));
        return bank.redeem(node, code).expect(200).json().get("grant_id").asText();
    }

    /** A client that is pushed to at this test; its registration goes into a file, its private keys stay here. */
    private Path toldBank() throws IOException {
        var keys = new JWKSet(TestClient.ecKey(KeyUse.SIGNATURE));
        ObjectNode bank = JSON.createObjectNode()
                .put("client_id", "told-bank")
                .put("client_name", "Told Bank")
                .put("scope", "openid name");
        bank.putArray("redirect_uris").add("https://bank.example/callback");
        bank.putObject("events_delivery")
                .put("method", "push")
                .put("endpoint_url", receiver.address().toString());
        bank.set("jwks", JSON.readTree(keys.toString(true)));
        Path file = folder.beside("clients.json");
        Files.writeString(file, JSON.createArrayNode().add(bank).toString());
        clients = JSON.createArrayNode().add(bank.deepCopy().set("jwks", JSON.readTree(keys.toString(false))));
        return file;
    }

    private RunningService.Plan node(String name, Path file) {
        return RunningService.Plan.in(folder.beside(name))
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_CLIENTS", file.toString())
                .with("CONSENTRY_BASE_URL", BASE.toString())
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString())
                .with("CONSENTRY_LEDGER_STORE", folder.beside("ledger").toString())
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password());
    }
}
