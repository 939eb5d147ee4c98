package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.ClientId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.TestClient;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What registration refuses today is refused of a client that is registered from before as well. */
@QuarkusTest
class FormerRedirectsTest {

    @Inject
    Clients clients;

    @Inject
    ClientRows rows;

    @ParameterizedTest
    @ValueSource(
            strings = {"state=theirs", "a=1&code=x", "iss=https%3A%2F%2Felsewhere.example", "%65rror=access_denied"})
    @Requirement("RFC9207-2")
    void anAddressThatSaysWhatTheAnswerSaysIsNotReturnedTo(String query) {
        TestClient bank = TestClient.registered(clients, same -> {});
        String former = bank.redirectUri() + "?" + query;
        QuarkusTransaction.requiringNew().run(() -> {
            ClientRow row = rows.find(new ClientId(bank.id())).orElseThrow();
            row.redirectUris = new String[] {former, bank.redirectUri()};
            rows.update(row);
        });

        Answer refused = bank.flow().returningTo(former).par().send();

        refused.isRefused(400, "invalid_request", "invalid_parameter");
        assertThat(refused.text("error_description")).contains("redirect URI");
        bank.flow().par().send().is(201);
    }
}
