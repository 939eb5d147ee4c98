package io.consentry.obligation;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Ending;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.consent.Uses;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Obligations begin with the end of a grant, and time makes them overdue. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ObligationsTest {

    @Inject
    Obligations obligations;

    @Inject
    OverdueKeeper keeper;

    @Inject
    Consents consents;

    @Inject
    Uses uses;

    @Inject
    RevocationOrders orders;

    @Inject
    ConsentFixture fixture;

    @Inject
    Ledger ledger;

    @Inject
    History history;

    @Inject
    MeterRegistry meters;

    @Inject
    TestClock clock;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void aGrantUnderWhichNothingWasReleasedLeavesNothingBehind() {
        GrantId grant = fixture.active(person).terms().grantId();

        made(consents.withdraw(grant, person));

        assertThat(obligations.of(grant)).isEmpty();
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void nothingIsOwedWhileAGrantStands() {
        Consent.Active active = used(fixture.active(person));

        assertThat(obligations.of(grant(active))).isEmpty();
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void aWithdrawalObligesTheClient() {
        Consent.Active active = used(fixture.active(person));

        Consent.Ended ended = made(consents.withdraw(grant(active), person));

        assertThat(obligations.of(grant(active))).get().isInstanceOfSatisfying(Obligation.Open.class, open -> {
            assertThat(open.owed().dueAt())
                    .isEqualTo(
                            ended.endedAt().atZone(ZoneOffset.UTC).plusDays(30).toInstant());
            assertThat(open.owed().clientId()).isEqualTo(active.terms().clientId());
            assertThat(open.owed().version()).isEqualTo(ended.version());
        });
        assertThat(obligations.of(person))
                .extracting(each -> each.owed().grantId())
                .contains(grant(active));
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void theLastPermittedReleaseObligesTheClientUntilItsRetentionIsOver() {
        Consent.Active active = fixture.active(person, client(), "age_check");

        used(active);

        assertThat(obligations.of(grant(active))).get().satisfies(obligation -> {
            Owed owed = obligation.owed();
            assertThat(owed.ending()).isEqualTo(Ending.EXHAUSTED);
            assertThat(owed.dueAt())
                    .isEqualTo(owed.lastReleaseAt()
                            .atZone(ZoneOffset.UTC)
                            .plus(Period.ofDays(1))
                            .toInstant());
        });
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void anOrderObligesForEachGrantThatWasUsed() {
        ClientId client = client();
        GrantId used = grant(used(fixture.active(person, client, "account_opening")));
        GrantId unused = grant(fixture.active(person, client, "account_opening"));

        orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE);
        consents.find(used);
        consents.find(unused);

        assertThat(obligations.of(used))
                .get()
                .satisfies(obligation -> assertThat(obligation.owed().ending()).isEqualTo(Ending.REVOKED));
        assertThat(obligations.of(unused)).isEmpty();
    }

    @Test
    @Requirement("CX-OBLIGE-2")
    void overdueIsJudgedWhenItIsReadAndRecordedOnce() {
        GrantId grant = ended();
        clock.advance(Duration.ofDays(31));

        assertThat(obligations.of(grant)).get().isInstanceOf(Obligation.Overdue.class);

        keeper.keep();
        keeper.keep();
        obligations.recordOverdue(grant);

        assertThat(history.of(person, grant, 50))
                .filteredOn(recorded -> recorded.event().kind() == EventKind.DELETION_OVERDUE)
                .hasSize(1);
        assertThat(obligations.overdue(1000))
                .extracting(each -> each.owed().grantId())
                .contains(grant);
        assertThat(meters.get("consentry.obligations.overdue").gauge().value())
                .isEqualTo(obligations.countOverdue())
                .isPositive();
    }

    @Test
    @Requirement("CX-OBLIGE-2")
    void nothingIsRecordedBeforeTheDay() {
        GrantId grant = ended();

        obligations.recordOverdue(grant);

        assertThat(history.of(person, grant, 50))
                .noneMatch(recorded -> recorded.event().kind() == EventKind.DELETION_OVERDUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "due_at = due_at + interval '10 years'",
                "client_id = 'plain-lender'",
                "state = 'met', attested_at = now(), deleted_at = now(), attestation_digest = repeat('a', 64)",
                "seal = ''"
            })
    @Requirement("CX-OBLIGE-4")
    void whatWasChangedBehindTheServicesBackCountsAsOverdue(String change) throws SQLException {
        GrantId grant = ended();

        sql("update obligation set " + change + " where grant_id = '" + grant + "'");

        assertThat(obligations.of(grant)).get().isInstanceOf(Obligation.Overdue.class);
    }

    @Test
    @Requirement("CX-OBLIGE-2")
    void anyNumberOfRowsThatStayHoldUpNoneBehindThem() throws SQLException {
        GrantId grant = ended();
        String stays = client().value();
        try {
            sql("""
                    set session_replication_role = replica; -- of no grant
                    insert into obligation (grant_id, log, record_id, grant_version, client_id, person_id, ending, ended_at,
                                            last_release_at, due_at, state, seal)
                        select gen_random_uuid(), log, record_id, grant_version, '%s', person_id, ending, ended_at,
                               last_release_at, due_at - interval '1 day', state, ''
                        from obligation, generate_series(1, 501) where grant_id = '%s'""".formatted(stays, grant));
            clock.advance(Duration.ofDays(31));

            keeper.keep();

            assertThat(history.of(person, grant, 1).getFirst().event().kind()).isEqualTo(EventKind.DELETION_OVERDUE);
        } finally {
            sql("delete from obligation where client_id = '" + stays + "'");
        }
    }

    private GrantId ended() {
        Consent.Active active = used(fixture.active(person));
        made(consents.withdraw(grant(active), person));
        return grant(active);
    }

    /** Released from once, as the data API does it. */
    private Consent.Active used(Consent.Active active) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                clock.instant(),
                grant(active),
                active.version(),
                active.terms().clientId(),
                Actor.CLIENT);
        var use = QuarkusTransaction.requiringNew().call(() -> uses.use(active, ledger.draft(event, person)));
        assertThat(use).isInstanceOf(Uses.Use.Permitted.class);
        return active;
    }

    private static ClientId client() {
        return new ClientId("owes-" + UUID.randomUUID());
    }

    private static GrantId grant(Consent consent) {
        return consent.terms().grantId();
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement each = superuser.createStatement()) {
            each.execute(statement);
        }
    }
}
