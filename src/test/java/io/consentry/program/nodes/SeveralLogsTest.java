package io.consentry.program.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.program.Bank;
import io.consentry.program.Customer;
import io.consentry.program.LedgerOutside;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import java.sql.Connection;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A ledger of three logs: a grant and all that leads to it is in one of them, and nobody who uses the service has to know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralLogsTest {

    private static final int LOGS = 3;
    private static final String PERSON = "S9812381D";
    private static final String ORIGIN = "consentry.local/sandbox";

    private final Wire wire = new Wire();
    private ProgramFolder folder;
    private RunningService.Plan plan;

    @BeforeAll
    void prepare() throws Exception {
        folder = ProgramFolder.create("logs");
        plan = RunningService.Plan.in(folder.data())
                .with("CONSENTRY_MODE", "sandbox")
                .with("CONSENTRY_MASTER_KEY_FILE", folder.beside("master.key").toString());
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        folder.close();
    }

    @Test
    @Order(1)
    @Requirement("CX-6")
    void grantsSpreadOverTheLogsAndEachLogIsDenseByItself() throws Exception {
        try (RunningService service = RunningService.start(plan.with("CONSENTRY_LEDGER_LOGS", "3"))) {
            JsonNode clients = Bank.all(wire, service.base());
            var used = new HashSet<LogNumber>();
            while (used.size() < LOGS) { // by chance: one log of three is left out of 60 grants once in 10^10 runs
                Bank bank = Bank.visit(wire, service.base(), clients, "harbour-bank");
                String token = bank.accessToken(service.base(), PERSON);
                JsonNode consent = bank.open(bank.fetch(service.base(), token)).get("consent");
                LogNumber log = GrantId.parse(consent.get("grant_id").asText()).log();
                used.add(log);

                assertThat(token).startsWith(log + ".");
                assertThat(consent.at("/ledger/origin").asText())
                        .isEqualTo(log.value() == 0 ? ORIGIN : ORIGIN + "/" + log);
            }

            for (JsonNode event : Customer.signIn(wire, service.base(), PERSON).activity(service.base())) {
                assertThat(event.get("ledger_log").asInt())
                        .isEqualTo(GrantId.parse(event.get("grant_id").asText())
                                .log()
                                .value());
            }
            try (Connection database = folder.asSuperuser()) {
                assertThat(LedgerOutside.problems(database, folder.beside("master.key")))
                        .isEmpty();
            }
        }
    }

    @Test
    @Order(2)
    void aLogNeverGoesAway() throws Exception {
        RunningService refused = RunningService.launch(plan.with("CONSENTRY_LEDGER_LOGS", "2"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output().strip().lines().toList().getLast())
                .startsWith("The ledger has 3 logs, and this service is set to 2");
    }
}
