package io.consentry.program.nodes;

import static io.consentry.program.nodes.TwoNodes.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestReceiver;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes share the outbox, and die at the worst of moments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(TwoNodes.Shared.class)
class EventsTest {

    private static final int GRANTS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TwoNodes nodes;
    private final Wire wire;
    private final TestReceiver receiver;

    EventsTest(TwoNodes nodes) throws Exception {
        this.nodes = nodes;
        this.wire = nodes.wire;
        this.receiver = nodes.receiver;
        nodes.bothUp();
    }

    @Test
    @Requirement("CX-NOTICE-5")
    void noEventIsLostAndNoneOvertakesAnotherOfItsGrant() throws Exception {
        List<String> grants = new ArrayList<>();
        for (int i = 0; i < GRANTS; i++) {
            URI here = i % 2 == 0 ? nodes.first.base() : nodes.second.base();
            URI there = i % 2 == 0 ? nodes.second.base() : nodes.first.base();
            grants.add(granted(here));
            Customer.signIn(wire, there, PERSON)
                    .withdraw(there, grants.getLast())
                    .expect(204);
        }
        everythingArrives(grants);

        // Acts are committed while nobody listens; then every node is killed before it can push them.
        receiver.goDown();
        for (int i = 0; i < 4; i++) {
            grants.add(granted(nodes.first.base()));
            Customer.signIn(wire, nodes.second.base(), PERSON)
                    .withdraw(nodes.second.base(), grants.getLast())
                    .expect(204);
        }
        nodes.first.kill();
        nodes.second.kill();
        receiver.open();
        nodes.bothUp();
        everythingArrives(grants);

        // One dies with pushes under way: its claims run out, and the other repeats them.
        receiver.replying(new TestReceiver.Reply(202, "", 1_000));
        for (int i = 0; i < 4; i++) {
            grants.add(granted(nodes.first.base()));
            Customer.signIn(wire, nodes.first.base(), PERSON)
                    .withdraw(nodes.first.base(), grants.getLast())
                    .expect(204);
        }
        nodes.first.kill();
        receiver.replying(TestReceiver.Reply.ACCEPTED);
        everythingArrives(grants);

        assertThat(nodes.ledgerProblems()).isEmpty();
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
        try (Connection database = nodes.folder.asSuperuser();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from notice where settled_at is null and client_id = 'told-bank')"
                                + " + (select count(*) from ledger_outbox)")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String granted(URI node) throws IOException, InterruptedException {
        Bank bank = nodes.visit("told-bank");
        String requestUri =
                bank.push(node).expect(201).json().get("request_uri").asText();
        String code = Bank.code(bank.decide(node, requestUri, PERSON, "approve"));
        return bank.redeem(node, code).expect(200).json().get("grant_id").asText();
    }
}
