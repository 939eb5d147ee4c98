package io.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that end grants, and the report of what is overdue after that. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-REVOKE-5")
class OperatorConsentsTest {

    @Inject
    Operator operator;

    @Inject
    Clients clients;

    @Inject
    Consents consents;

    @Inject
    Uses uses;

    @Inject
    Ledger ledger;

    @Inject
    ConsentFixture fixture;

    @Inject
    StatelessSession session;

    @Inject
    TestClock clock;

    private final String client = "operated-" + UUID.randomUUID();
    private PersonId person;

    private record Said(int exit, String text) {}

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revoke",
                "revoke --reason court_order",
                "revoke nonsense --reason court_order",
                "revoke 5d3f8f0e-0000-4000-8000-000000000000 --reason court_order",
                "revoke 5d3f8f0e-0000-4000-8000-000000000000 --client x --reason court_order",
                "revoke --client x --purpose y --reason court_order",
                "revoke --client x",
                "revoke --client x --reason person_withdrew",
                "revoke --client x --reason",
                "revoke --client x --client y --reason court_order",
                "revoke --client x --reason court_order --force yes",
                "revoke --purpose nonsense --reason court_order",
                "invalidate --reason court_order",
                "invalidate 5d3f8f0e-0000-4000-8000-000000000000 --reason court_order"
            })
    void whatIsNotUnderstoodEndsNothing(String words) {
        long before = orders();

        Said said = run(("consents " + words).split(" ", -1));

        assertThat(said.exit()).isIn(1, Invocation.MISUSE);
        assertThat(said.text()).matches("(?s)[A-Z].*\\.\\R");
        assertThat(orders()).isEqualTo(before);
    }

    @Test
    void manyAreEndedOnlyWhenTheirNumberIsConfirmed() {
        TestClient.registered(clients, metadata -> metadata.put("client_id", client));
        GrantId one = grant();
        GrantId other = grant();

        assertThat(run("consents", "revoke", "--client", client, "--reason", "client_removed"))
                .satisfies(said -> {
                    assertThat(said.exit()).isEqualTo(1);
                    assertThat(said.text()).contains("This ends 2 grants", "--confirm 2");
                });
        assertThat(run("consents", "revoke", "--client", client, "--reason", "client_removed", "--confirm", "1")
                        .exit())
                .isEqualTo(1);
        assertThat(state(one)).isEqualTo("active");

        Said done = run("consents", "revoke", "--client", client, "--reason", "client_removed", "--confirm", "2");

        assertThat(done.exit()).isZero();
        assertThat(done.text()).contains("100%", "2/2", "all of them are in the ledger");
        assertThat(state(one)).isEqualTo("revoked");
        assertThat(state(other)).isEqualTo("revoked");
        assertThat(acts("consents revoke --client " + client + " --reason client_removed"))
                .isOne();

        assertThat(run("consents", "revoke", "--client", client, "--reason", "client_removed"))
                .satisfies(said -> {
                    assertThat(said.exit()).isZero();
                    assertThat(said.text()).contains("Nothing was done");
                });
    }

    @Test
    void oneGrantIsEndedOnce() {
        GrantId revoked = grant();
        GrantId invalidated = grant();

        assertThat(run("consents", "revoke", revoked.toString(), "--reason", "court_order")
                        .exit())
                .isZero();
        assertThat(run("consents", "invalidate", invalidated.toString(), "--reason", "subject_deceased")
                        .exit())
                .isZero();

        assertThat(state(revoked)).isEqualTo("revoked");
        assertThat(state(invalidated)).isEqualTo("invalidated");
        assertThat(run("consents", "invalidate", revoked.toString(), "--reason", "court_order"))
                .satisfies(said -> {
                    assertThat(said.exit()).isEqualTo(1);
                    assertThat(said.text()).contains("The grant is revoked.");
                });
        assertThat(acts("consents invalidate " + revoked + "%")).isZero();
    }

    @Test
    @Requirement("CX-OBLIGE-2")
    void theReportNamesWhatIsOverdue() {
        Consent.Active active = fixture.active(person, new ClientId(client), "account_opening");
        GrantId grant = active.terms().grantId();
        use(active);
        run("consents", "revoke", grant.toString(), "--reason", "court_order");
        assertThat(run("obligations", "overdue").text()).doesNotContain(grant.toString());
        clock.advance(Duration.ofDays(33));

        Said said = run("obligations", "overdue");

        assertThat(said.exit()).isZero();
        assertThat(said.text()).containsPattern(client + " +" + grant + " .* revoked .* 3\\R");
    }

    private void use(Consent.Active active) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                clock.instant(),
                active.terms().grantId(),
                active.version(),
                active.terms().clientId(),
                Actor.CLIENT);
        assertThat(QuarkusTransaction.requiringNew().call(() -> uses.use(active, ledger.draft(event, person))))
                .isInstanceOf(Uses.Use.Permitted.class);
    }

    private GrantId grant() {
        return fixture.active(person, new ClientId(client), "account_opening")
                .terms()
                .grantId();
    }

    private String state(GrantId grant) {
        return consents.find(grant).orElseThrow().status().wire();
    }

    private Said run(String... words) {
        Invocation understood = Invocation.parse(List.of(words));
        if (understood instanceof Invocation.Misuse(String sentence)) {
            return new Said(Invocation.MISUSE, sentence + System.lineSeparator());
        }
        var call = (Invocation.Call) understood;
        var said = new ByteArrayOutputStream();
        int exit = operator.run(call, new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8)));
        return new Said(exit, said.toString(StandardCharsets.UTF_8));
    }

    private long orders() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery("select count(*) from revocation_order", Long.class)
                        .getSingleResult());
    }

    private long acts(String like) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from operator_act where act like :like", Long.class)
                        .setParameter("like", like)
                        .getSingleResult());
    }
}
