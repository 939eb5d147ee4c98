package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.kernel.Settings;
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.Wire;
import io.consentry.program.Wire.Answer;
import io.consentry.requirement.Requirement;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A release that is committed but does not begin in time is not given, and the ledger says so. */
@QuarkusTest
class LateReleaseTest {

    private static final String PERSON = "S9812381D";

    @Inject
    Settings settings;

    @Inject
    SlowStart slowStart;

    @Inject
    GrowingLedgerCheck check;

    /** Holds one grant's answers back between commit and first byte, as a stalled machine would. */
    @ApplicationScoped
    static class SlowStart {

        private volatile String grantId = "";

        void hold(String grant) {
            grantId = grant;
        }

        void pause(@Observes ReleaseCommitted release) throws InterruptedException {
            if (release.grantId().toString().equals(grantId)) {
                Thread.sleep(2200);
            }
        }
    }

    @AfterEach
    void theLedgerIsSound() {
        slowStart.hold("");
        assertThat(check.problems()).isEmpty();
    }

    @Test
    @Requirement("CX-1")
    void anAnswerThatBeginsTooLateIsDroppedAndRecordedAsAborted() throws Exception {
        URI node = URI.create(settings.baseUrl());
        var wire = new Wire();
        Bank bank = Bank.visit(wire, node, Bank.all(wire, node), "plain-lender");
        String token = bank.accessToken(node, PERSON);
        String grantId =
                bank.open(bank.fetch(node, token)).at("/consent/grant_id").asText();
        slowStart.hold(grantId);

        Answer late = bank.fetch(node, token);

        assertThat(late.expect(503).code()).isEqualTo("release_aborted");
        assertThat(late.body()).doesNotContain("person_info", "CLARISSA", PERSON);
        assertThat(eventsOf(grantId, Customer.signIn(wire, node, PERSON).activity(node)))
                .startsWith("release_aborted", "released", "released", "granted");
    }

    private static List<String> eventsOf(String grantId, List<JsonNode> activity) {
        return activity.stream()
                .filter(event -> event.get("grant_id").asText().equals(grantId))
                .map(event -> event.get("event").asText())
                .toList();
    }
}
