package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A suspended client is refused with its very next call, wherever it had got to; and goes on from there afterwards. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class SuspensionTest {

    @Inject
    Clients clients;

    private ClientFlow flow;

    @BeforeEach
    void register() {
        flow = TestClient.registered(clients, metadata -> {}).flow();
    }

    @Test
    @Requirement("CX-OP-4")
    void itPushesNothing() {
        suspend();

        flow.par().send().isRefused(401, "invalid_client", "client_suspended");

        activate();
        flow.push();
    }

    @Test
    @Requirement("CX-OP-4")
    void itsRequestIsNotOpened() {
        flow.push();
        suspend();

        Answer answer = flow.authorize().send();

        answer.isErrorPage(400, "invalid_request_uri");
        activate();
        flow.authorize().send().is(303);
    }

    @Test
    @Requirement("CX-OP-4")
    void itsOpenConsentPageShowsAndDecidesNothing() {
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);
        URI page = URI.create(
                flow.push().authorize().send().is(303).header("Location").orElseThrow());
        open(person, page).is(200);
        suspend();

        assertThat(open(person, page).is(404).saysNothingOfTheInside().body())
                .contains("This request is not open")
                .doesNotContain("You have approved this");
        flow.decision(ClientFlow.COMPLETE, "approve").send().is(400);
        flow.decision(ClientFlow.COMPLETE, "deny").send().is(400);

        activate();
        flow.approve(ClientFlow.COMPLETE);
    }

    @Test
    @Requirement("CX-OP-4")
    void itsCodeIsNotRedeemed() {
        flow.push().approve(ClientFlow.COMPLETE);
        suspend();

        flow.token().send().isRefused(401, "invalid_client", "client_suspended");

        activate();
        flow.redeem();
    }

    @Test
    @Requirement("CX-OP-4")
    void itsTokenGetsNothingAndIsNotRevokedByIt() {
        flow.untilToken(ClientFlow.COMPLETE);
        suspend();

        flow.userinfo().send().isRefused(401, "invalid_token", "client_suspended");
        flow.revocation().send().isRefused(401, "invalid_client", "client_suspended");

        activate();
        flow.fetch();
    }

    private static Answer open(TestResident person, URI page) {
        return Call.to("GET", page.getPath())
                .header("Accept", "text/html")
                .header("Cookie", person.cookie())
                .send();
    }

    private void suspend() {
        clients.suspend(new ClientId(flow.client().id()));
    }

    private void activate() {
        clients.activate(new ClientId(flow.client().id()));
    }
}
