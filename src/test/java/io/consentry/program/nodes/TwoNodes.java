package io.consentry.program.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.postgres.LocalPostgres;
import io.consentry.program.Bank;
import io.consentry.program.LedgerOutside;
import io.consentry.program.Wire;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestReceiver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two nodes behind one address and on one database, started at the same moment on an empty one; all tests of a run share them.
 * Either may be killed and started again.
 */
final class TwoNodes implements AutoCloseable {

    /** The address of the load balancer that is not there: nobody calls it, everything is bound to it. */
    static final URI BASE = URI.create("http://consentry.test");

    static final String PERSON = "S9812381D";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Wire wire = new Wire();
    final ProgramFolder folder;
    final TestReceiver receiver = TestReceiver.start();
    RunningService first;
    RunningService second;

    private final LocalPostgres postgres;
    private final ArrayNode clients;

    private TwoNodes() throws Exception {
        folder = ProgramFolder.create("nodes");
        postgres = LocalPostgres.start(
                new LocalPostgres.Options(folder.data().resolve("postgres"), ProgramFolder.BINARIES, Map.of()),
                sentence -> {});
        ArrayNode ours = register();
        launch(node("first"), node("second"));
        clients = ((ArrayNode) Bank.all(wire, first.base())).addAll(ours);
        clients.forEach(TwoNodes::returnToOneAddress);
        warmUp(first);
        warmUp(second);
    }

    /** Gives them to a test that asks for them, started once for all of a run. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TwoNodes.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(TwoNodes.class, type -> started(), TwoNodes.class);
        }

        private static TwoNodes started() {
            try {
                return new TwoNodes();
            } catch (Exception e) {
                throw new IllegalStateException("the nodes did not start", e);
            }
        }
    }

    /** Starts again what a test has left killed. */
    void bothUp() throws IOException, InterruptedException {
        if (!first.isAlive() && !second.isAlive()) {
            launch(first.plan(), second.plan());
        } else if (!first.isAlive()) {
            first = RunningService.start(first.plan());
        } else if (!second.isAlive()) {
            second = RunningService.start(second.plan());
        }
    }

    private void launch(RunningService.Plan one, RunningService.Plan other) throws IOException, InterruptedException {
        first = RunningService.launch(one);
        second = RunningService.launch(other);
        first.awaitReady();
        second.awaitReady();
    }

    /** One of the clients, with its private keys. */
    Bank visit(String client) {
        return Bank.visit(wire, BASE, clients, client);
    }

    List<String> ledgerProblems() throws Exception {
        try (Connection database = folder.asSuperuser()) {
            return LedgerOutside.problems(database, folder.beside("master.key"));
        }
    }

    /** The demo bank's address has the port of whichever node started last; the others of a client stay. */
    private static void returnToOneAddress(JsonNode client) {
        ArrayNode addresses = (ArrayNode) client.get("redirect_uris");
        if (addresses.size() > 1) {
            addresses.removeIf(address -> address.asText().endsWith("/bank/callback"));
        }
    }

    /** A node's first answers come late on a busy machine, and its sources' do not count then. */
    private void warmUp(RunningService node) throws Exception {
        Bank bank = visit("harbour-bank");
        for (int tries = 0; tries < 10; tries++) {
            JsonNode released = bank.open(bank.fetch(node.base(), bank.accessToken(node.base(), PERSON)));
            if (!released.at("/person_info/uinfin/value").asText().isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("the node's sources give no answer");
    }

    /** Two more clients of both nodes; their registrations go into the nodes' file, their private keys stay here. */
    private ArrayNode register() throws IOException {
        ObjectNode gate = client("age-gate").put("purpose", "age_check");
        ObjectNode told = client("told-bank");
        told.putObject("events_delivery")
                .put("method", "push")
                .put("endpoint_url", receiver.address().toString());
        ArrayNode known = JSON.createArrayNode();
        ArrayNode whole = JSON.createArrayNode();
        for (ObjectNode client : List.of(gate, told)) {
            var keys = new JWKSet(TestClient.ecKey(KeyUse.SIGNATURE));
            known.add(client.deepCopy().set("jwks", JSON.readTree(keys.toString(true))));
            whole.add(client.deepCopy().set("jwks", JSON.readTree(keys.toString(false))));
        }
        Files.writeString(clientsFile(), known.toString());
        return whole;
    }

    private static ObjectNode client(String id) {
        ObjectNode client = JSON.createObjectNode()
                .put("client_id", id)
                .put("client_name", id)
                .put("scope", "openid name");
        client.putArray("redirect_uris").add("https://bank.example/callback");
        return client;
    }

    private Path clientsFile() {
        return folder.beside("clients.json");
    }

    private RunningService.Plan node(String name) {
        return RunningService.Plan.in(folder.beside(name))
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_BASE_URL", BASE.toString())
                .with("CONSENTRY_CLIENTS", clientsFile().toString())
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString())
                .with("CONSENTRY_LEDGER_STORE", folder.beside("ledger").toString())
                .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl())
                .with("QUARKUS_DATASOURCE_USERNAME", postgres.service().role())
                .with("QUARKUS_DATASOURCE_PASSWORD", postgres.service().password())
                .with("QUARKUS_FLYWAY_USERNAME", postgres.owner().role())
                .with("QUARKUS_FLYWAY_PASSWORD", postgres.owner().password());
    }

    @Override
    public void close() throws Exception {
        receiver.close();
        first.close();
        second.close();
        postgres.close();
        folder.close();
    }
}
