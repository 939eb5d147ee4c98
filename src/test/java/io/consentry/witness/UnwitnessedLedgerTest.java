package io.consentry.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.LogNumber;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service whose ledger no witness has seen for too long. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class UnwitnessedLedgerTest {

    private static void unwitnessedFor(Duration time) {
        var age = new WitnessedAge(true, Duration.ofSeconds(1), Duration.ofSeconds(2));
        age.wellAt(LogNumber.FIRST, System.nanoTime() - time.toNanos());
        QuarkusMock.installMockForType(age, WitnessedAge.class);
    }

    private static void refusesInOrder(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("ledger_not_witnessed");
        assertThat(answer.header("Retry-After")).hasValue("30");
    }

    @Test
    void nothingIsGrantedOrReleasedAndWithdrawalsGoOn() {
        ClientFlow granted = TestClient.ready("harbour-bank").flow().push();
        granted.untilToken(ClientFlow.COMPLETE);
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);
        String grant = person.newestGrant();
        ClientFlow open = TestClient.ready("harbour-bank").flow().push();
        ClientFlow another = TestClient.ready("harbour-bank").flow().push();

        unwitnessedFor(Duration.ofMinutes(1));

        refusesInOrder(granted.userinfo().send());
        refusesInOrder(open.decision(ClientFlow.COMPLETE, "approve").send());
        assertThat(another.refuse(ClientFlow.COMPLETE)).containsEntry("error", "access_denied");
        assertThat(person.withdraw(grant).status()).isEqualTo(204);
        granted.userinfo().send().isRefused(401, "invalid_token", "consent_withdrawn");

        unwitnessedFor(Duration.ZERO);

        assertThat(open.approve(ClientFlow.COMPLETE)).containsKey("code");
        TestResident.signIn(ClientFlow.COMPLETE).withdraw(person.newestGrant());
    }
}
