package io.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestClient;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** The verbs, as the command line runs them. */
@QuarkusTest
class OperatorTest {

    @Inject
    Operator operator;

    @Inject
    Clients clients;

    @Inject
    StatelessSession session;

    private record Said(int exit, String text) {}

    @Test
    @Requirement("CX-OP-3")
    void whatIsRefusedIsASentenceAndLeavesNoRecord() {
        long before = acts("%");

        assertThat(run("clients", "suspend", "nobody-of-this-name"))
                .isEqualTo(new Said(1, "There is nothing at this address. There is no such client.\n"));
        assertThat(run("consents", "revoke", "--client", "nobody-of-this-name", "--reason", "client_removed"))
                .isEqualTo(new Said(
                        1,
                        "A parameter has a value that is not allowed. There is no such client. Nothing was done.\n"));

        assertThat(acts("%")).isEqualTo(before);
    }

    @Test
    @Requirement("CX-OP-3")
    void anActIsRecordedWithWhoAndWhen() {
        TestClient client = TestClient.registered(clients, metadata -> {});

        assertThat(run("clients", "suspend", client.id()).exit()).isZero();

        assertThat(clients.find(new ClientId(client.id())).orElseThrow().isActive())
                .isFalse();
        assertThat(acts("clients suspend " + client.id())).isOne();
        Object[] act = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select operator, at from operator_act where act = :act", Object[].class)
                        .setParameter("act", "clients suspend " + client.id())
                        .getSingleResult());
        assertThat((String) act[0])
                .startsWith(System.getenv().getOrDefault("SUDO_USER", System.getProperty("user.name")));
        assertThat(act[1]).isNotNull();

        assertThat(run("clients", "activate", client.id()).exit()).isZero();

        client.flow().push();
    }

    @Test
    void theListsNameEverythingThereIs() {
        assertThat(run("clients", "list").text())
                .contains("CLIENT", "harbour-bank", "orchard-finance")
                .containsPattern("plain-lender +active");
        assertThat(run("keys", "list").text()).contains("KID").containsPattern("[0-9a-f-]{36} +signing +since ");
    }

    @Test
    @Requirement("CX-KEY-3")
    void rotatingTwiceIsRotatingOnce() {
        run("keys", "rotate");

        Said again = run("keys", "rotate");

        assertThat(again.exit()).isZero();
        assertThat(again.text()).startsWith("A next key is published already");
        assertThat(run("keys", "list").text()).containsOnlyOnce("signs from");
    }

    private Said run(String... words) {
        var call = (Invocation.Call) Invocation.parse(List.of(words));
        var said = new ByteArrayOutputStream();
        int exit = operator.run(call, new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8)));
        return new Said(exit, said.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    private long acts(String like) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from operator_act where act like :like", Long.class)
                        .setParameter("like", like)
                        .getSingleResult());
    }
}
