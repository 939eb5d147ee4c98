package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.key.RowSeals;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import io.consentry.testing.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** A request that was pushed before its address was refused is not opened, nor shown to whoever has its page already. */
@QuarkusTest
class FormerRequestTest {

    @Inject
    PushedRequests requests;

    @Inject
    RowSeals seals;

    @Inject
    StatelessSession session;

    @Test
    @Requirement("RFC9207-2")
    void aRequestWhoseAnswerWouldStandBesideAnotherIsNotOpened() {
        TestClient bank = TestClient.ready("harbour-bank");
        ClientFlow flow = bank.flow().push();
        String page = URI.create(
                        flow.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
        QuarkusTransaction.requiringNew().run(() -> {
            RequestRow row = session.get(
                    RequestRow.class,
                    requests.open(bank.id(), flow.requestUri()).orElseThrow().value());
            row.redirectUri += "?state=theirs";
            seals.seal(row);
            session.update(row);
        });

        flow.authorize().send().is(400);
        assertThat(Visit.as(ClientFlow.COMPLETE).get(page).statusCode()).isEqualTo(404);
    }
}
