package io.consentry.program.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.program.Bank;
import io.consentry.program.Wire;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ProgramFolder;
import io.consentry.testing.RunningService;
import io.consentry.testing.RunningService.Operated;
import java.net.URI;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An operator at the terminal, beside a sandbox with the embedded database that another process runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperateTest {

    private final Wire wire = new Wire();

    private ProgramFolder folder;
    private RunningService.Plan plan;
    private RunningService service;

    @BeforeAll
    void start() throws Exception {
        folder = ProgramFolder.create("operate");
        plan = RunningService.Plan.in(folder.data()).with("CONSENTRY_MODE", "sandbox");
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        if (service.isAlive()) {
            service.close();
        }
        folder.close();
    }

    @Test
    @Order(1)
    void withoutARunningSandboxACommandIsRefusedInASentence() throws Exception {
        Operated refused = RunningService.operate(plan, "keys", "list");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith("No Consentry is running on ").hasLineCount(1);
        service = RunningService.start(plan);
    }

    @Test
    @Order(2)
    void helpNeedsNothingAndAMistakeHasItsOwnExitCode() throws Exception {
        RunningService.Plan nowhere = RunningService.Plan.in(folder.beside("nowhere"));

        Operated help = RunningService.operate(nowhere, "--help");
        Operated mistake = RunningService.operate(nowhere, "keys", "burn");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("keys rotate", "clients suspend ID");
        assertThat(mistake.exit()).isEqualTo(2);
        assertThat(mistake.err()).startsWith("There is no command 'keys burn'.").hasLineCount(1);
    }

    @Test
    @Order(3)
    void inProductionACommandWantsWhatTheServiceWants() throws Exception {
        Operated refused = RunningService.operate(RunningService.Plan.in(folder.data()), "keys", "list");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("CONSENTRY_MASTER_KEY_FILE must name")
                .hasLineCount(1);
    }

    @Test
    @Order(4)
    void aCommandWorksOnTheDatabaseOfTheRunningSandboxAndLeavesItRunning() throws Exception {
        Operated list = RunningService.operate(plan, "clients", "list");

        assertThat(list.exit()).as(list.err()).isZero();
        assertThat(list.out()).contains("harbour-bank", "plain-lender");
        assertThat(list.err()).as("nothing but the answer").isEmpty();
        wire.get(service.base().resolve("/.well-known/keys")).expect(200);
    }

    /** How a client is let in again: {@code TwoNodesTest}. */
    @Test
    @Order(5)
    @Requirement("CX-OP-4")
    void aSuspensionHoldsInTheRunningServiceWithTheNextCall() throws Exception {
        Bank bank =
                Bank.visit(wire, URI.create(service.base().toString()), Bank.all(wire, service.base()), "harbour-bank");
        bank.push(service.base()).expect(201);

        assertThat(RunningService.operate(plan, "clients", "suspend", "harbour-bank")
                        .exit())
                .isZero();

        assertThat(bank.push(service.base()).expect(401).code()).isEqualTo("client_suspended");
        Operated refused = RunningService.operate(plan, "clients", "suspend", "nobody");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("There is no such client.");
    }

    @Test
    @Order(6)
    @Requirement("CX-KEY-4")
    void aSigningKeyThatWasTamperedWithRefusesToStartInOneSentence() throws Exception {
        try (Connection database = folder.asSuperuser();
                var statement = database.createStatement()) {
            statement.execute(
                    "update signing_key set sealed_private = set_byte(sealed_private, 20, get_byte(sealed_private, 20) # 1)");
        }
        service.close();

        RunningService again = RunningService.launch(plan);

        assertThat(again.exitCode()).isNotZero();
        String said = again.output().substring(again.output().lastIndexOf("Local database ready"));
        assertThat(said)
                .contains("The signing key ")
                .contains("was changed there")
                .doesNotContain("\tat ");
    }
}
