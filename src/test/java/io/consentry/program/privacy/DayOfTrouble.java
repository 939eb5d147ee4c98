package io.consentry.program.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Everything that can happen to people's data, and everything that can go wrong with it, once. */
final class DayOfTrouble {

    /** With everything, a foreigner, a very long name, apostrophes, and an agency that says too much. */
    static final List<String> PEOPLE = List.of("S9812381D", "G5123409Q", "S8126640I", "S8503319J", "S9160042J");

    /** Valid, and nobody's. */
    static final String STRANGER = "S7000007E";

    /** What the ready-made client that is told of its grants got: each token as it came, and what it says. */
    static final String RECEIVER = "/sandbox/receiver/kopi-rental";

    private static final List<String> AGENCIES = List.of("ica", "singpass", "hdb", "iras", "cpfb", "lta");
    private static final List<String> FAULTS =
            List.of("down", "nonsense", "other_person", "over_return", "oversized", "error", "slow");

    private final Wire wire;
    private final URI node;
    private final JsonNode clients;
    private final Canaries canaries;

    DayOfTrouble(Wire wire, URI node, Canaries canaries) throws IOException, InterruptedException {
        this.wire = wire;
        this.node = node;
        this.clients = Bank.all(wire, node);
        this.canaries = canaries;
    }

    void happens(Connection superuser) throws IOException, InterruptedException, SQLException {
        for (String uinfin : PEOPLE) {
            everybodyAsksFor(uinfin);
            logsIn(uinfin);
        }
        agenciesFail();
        inputIsBad();
        somethingUnexpectedHappens(superuser);
        wire.get(node.resolve(RECEIVER), "Accept", "application/json").expect(200);
    }

    private void everybodyAsksFor(String uinfin) throws IOException, InterruptedException {
        for (String clientId : List.of("harbour-bank", "plain-lender", "orchard-finance", "kopi-rental")) {
            Bank bank = Bank.visit(wire, node, clients, clientId);
            bank.decide(node, pushed(bank), uinfin, "deny").expect(200);
            Customer customer = Customer.signIn(wire, node, uinfin);
            String requestUri = pushed(bank);
            customer.look(node, clientId, requestUri);
            String token = bank.redeem(node, Bank.code(bank.decide(node, requestUri, uinfin, "approve")))
                    .expect(200)
                    .json()
                    .get("access_token")
                    .asText();
            JsonNode released = bank.open(bank.fetch(node, token));
            canaries.addAll(released.get("person_info"));
            customer.consents(node).expect(200);
            customer.withdraw(node, released.at("/consent/grant_id").asText()).expect(204);
            bank.fetch(node, token).expect(401);
            customer.activity(node);
        }
    }

    /** A login client names the person it expects, speaks about them, and learns who they are from the ID token. */
    private void logsIn(String uinfin) throws IOException, InterruptedException {
        for (String hint : List.of(uinfin, "TAN HUI WEN CLARISSA")) {
            Bank login = Bank.visit(wire, node, clients, "lantern-pay");
            var demands = Map.of(
                    "authentication_context_type",
                    "APP_PAYMENT_DEFAULT",
                    "authentication_context_message",
                    "To TAN HUI WEN CLARISSA, " + uinfin,
                    "login_hint",
                    hint,
                    "prompt",
                    "login");
            String requestUri = login.push(node, demands)
                    .expect(201)
                    .json()
                    .get("request_uri")
                    .asText();
            Bank.visit(wire, node, clients, "lantern-pay")
                    .push(node, Map.of("authentication_context_type", uinfin))
                    .expect(400);
            Bank.visit(wire, node, clients, "plain-lender").push(node, demands).expect(400);
            Customer.signIn(wire, node, uinfin).look(node, "lantern-pay", requestUri);
            String idToken = login.redeem(node, Bank.code(login.decide(node, requestUri, uinfin, "approve")))
                    .expect(200)
                    .json()
                    .get("id_token")
                    .asText();
            if (!login.openIdToken(idToken)
                    .at("/sub_attributes/identity_number")
                    .asText()
                    .equals(uinfin)) {
                throw new AssertionError("the ID token does not say who logged in");
            }
        }
    }

    private void agenciesFail() throws IOException, InterruptedException {
        Bank bank = Bank.visit(wire, node, clients, "plain-lender");
        String token = bank.accessToken(node, PEOPLE.getFirst());
        for (String fault : FAULTS) {
            for (String agency : AGENCIES) {
                wire.json("PUT", fault(agency), "{\"kind\": \"" + fault + "\"}").expect(204);
            }
            bank.fetch(node, token).expect(200);
        }
        for (String agency : AGENCIES) {
            wire.json("DELETE", fault(agency), "").expect(204);
        }
    }

    private void inputIsBad() throws IOException, InterruptedException {
        String known = PEOPLE.getFirst();
        for (String body : List.of(
                "{\"uinfin\": \"" + STRANGER + "\"}",
                "{\"uinfin\": \"S7000007X\"}",
                "{\"uinfin\": {\"number\": \"" + known + "\"}}",
                "{\"uinfin\": [\"" + known + "\"]}",
                "{\"uinfin\": \"" + known + "\", \"uinfin",
                "{\"uinfin\": " + known + "}",
                "{\"uinfin\": \"" + known + "\", \"name\": \"TAN HUI WEN CLARISSA\", \"decision\": 7}",
                "\"" + known + "\"",
                known)) {
            wire.json("POST", node.resolve("/sandbox/sign-in"), body);
            wire.json("POST", node.resolve("/sandbox/decisions"), body);
        }
        wire.json(
                "POST", node.resolve("/sandbox/sign-in"), "{\"uinfin\": \"" + known + "\"" + " ".repeat(70_000) + "}");
        wire.form(node.resolve("/fapi/par"), "client_id=" + known + "&scope=TAN+HUI+WEN+CLARISSA");
        wire.form(node.resolve("/fapi/token"), "grant_type=" + known + "&code=" + known);
        wire.form(node.resolve("/sandbox/sign-in"), "uinfin=" + known);
        wire.get(node.resolve("/api/me/consents"), "Cookie", "consentry=" + known);
        wire.get(node.resolve("/fapi/userinfo"), "Authorization", "DPoP " + known);
        wire.get(node.resolve("/fapi/userinfo"), "Authorization", "Bearer " + known, "DPoP", known);
        wire.get(node.resolve("/api/me/consents/" + known), "X-Forwarded-For", known);
        wire.get(node.resolve("/nowhere/" + known + "?name=TAN+HUI+WEN+CLARISSA"), "Accept", "text/html");
        wire.get(node.resolve("/fapi/auth?client_id=" + known + "&request_uri=" + known), "Accept", "text/html");
        wire.get(node.resolve("/consent/" + known), "Accept", "text/html");
    }

    /** The database refuses, in the middle of a release and of a first sign-in, with words of its own. */
    private void somethingUnexpectedHappens(Connection superuser)
            throws IOException, InterruptedException, SQLException {
        Bank bank = Bank.visit(wire, node, clients, "plain-lender");
        String token = bank.accessToken(node, PEOPLE.getFirst());
        try (Statement statement = superuser.createStatement()) {
            statement.execute("alter table ledger_event add constraint refused check (false) not valid");
            bank.fetch(node, token).expect(500);
            statement.execute("alter table ledger_event drop constraint refused");
            statement.execute("alter table ledger_event rename to hidden");
            bank.fetch(node, token).expect(500);
            statement.execute("alter table hidden rename to ledger_event");
            statement.execute("alter table person add constraint refused check (false) not valid");
            wire.json("POST", node.resolve("/sandbox/sign-in"), "{\"uinfin\": \"S6133472F\"}")
                    .expect(500);
            statement.execute("alter table person drop constraint refused");
        }
        bank.fetch(node, token).expect(200);
    }

    private String pushed(Bank bank) throws IOException, InterruptedException {
        return bank.push(node).expect(201).json().get("request_uri").asText();
    }

    private URI fault(String agency) {
        return node.resolve("/sandbox/agencies/" + agency + "/fault");
    }

    /** Whether an answer is where personal values belong: with the client, the person, or the invented people's list. */
    static boolean mayHoldValues(Answer answer) {
        String path = answer.request().uri().getPath();
        return answer.status() == 200
                && (path.equals("/fapi/userinfo") || path.equals("/sandbox/personas") || path.startsWith("/consent/"));
    }
}
