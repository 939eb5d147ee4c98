package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.database.DatabaseClock;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.ServiceClock;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database's clock jumps: nothing is ended for good, nothing is opened on a guess, and what closes goes on. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-CLOCK-1")
class ClockInDoubtTest {

    private static final Duration YEAR_AND_MORE = Duration.ofDays(400);

    @Inject
    DecisionFixture decisions;

    @Inject
    DatabaseClock database;

    @Inject
    ServiceClock.InDoubt inDoubt;

    @Inject
    TestClock clock;

    @Inject
    ConsentFixture fixture;

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    Uses uses;

    @Inject
    Ledger ledger;

    @Inject
    Timekeeper timekeeper;

    private PersonId person;
    private Consent.Active given;

    @BeforeEach
    void somebody() {
        person = fixture.person();
        given = fixture.active(person);
    }

    @Test
    void theServicesTimeIsTheDatabases() throws SQLException {
        assertThat(Duration.between(database.instant(), now()).abs()).isLessThan(Duration.ofSeconds(2));
        assertThat(inDoubt.test(null)).isFalse();
    }

    @Test
    void aJumpAheadEndsNothingForGood() throws SQLException {
        GrantId asked = fixture.requested().terms().grantId();
        Instant before = database.instant();

        clock.jump(YEAR_AND_MORE);
        timekeeper.record(); // on its time it would not even run:
        assertThat(inDoubt.test(null)).isTrue();

        assertThat(Duration.between(before, database.instant())).isLessThan(Duration.ofMinutes(1));
        assertThat(state(asked)).isEqualTo("requested");
        assertThat(state(grant())).isEqualTo("active");
        clock.reset();
        assertThat(inDoubt.test(null)).isFalse();
        assertThat(use()).isInstanceOf(Uses.Use.Permitted.class);
    }

    @Test
    void whatOneClockSaysIsOverIsNotReleased() throws SQLException {
        clock.jump(YEAR_AND_MORE);

        isInDoubt(this::use);
        isInDoubt(() -> consents.settle(grant()));
        assertThat(state(grant())).isEqualTo("active");
        clock.reset();
        clock.advance(Duration.ofMinutes(90));
        clock.jump(Duration.ofHours(-3)); // now it is over by the time that was counted on alone
        isInDoubt(this::use);
        assertThat(state(grant())).isEqualTo("active");
    }

    @Test
    void aJumpIsNoticedByTheStatementThatDecidesBeforeAnybodyLooks() throws SQLException {
        jumpUnseen(YEAR_AND_MORE);
        try {
            isInDoubt(this::use);
        } finally {
            clock.jump(Duration.ZERO);
        }
        assertThat(state(grant())).isEqualTo("active");
    }

    @Test
    void aWithdrawalGoesOn() {
        clock.jump(YEAR_AND_MORE);

        assertThat(consents.withdraw(grant(), person)).isInstanceOf(Transition.Made.class);
    }

    @Test
    void nobodyApprovesWhatMayHaveLapsed() {
        GrantId shown = fixture.presented(person).terms().grantId();

        clock.jump(YEAR_AND_MORE);

        isInDoubt(() -> decisions.grant(shown, person, ConsentFixture.approval(Duration.ofHours(1))));
    }

    @Test
    void whichDecisionAnEventFellUnderIsNoQuestionOfClocks() {
        clock.advance(Duration.ofMinutes(-2));

        ConsentFixture.made(amendments.narrow(grant(), person, Set.of(new AttributeName("sex"))));

        Instant at = given.grantedAt();
        assertThat(consents.generation(grant(), given.version() - 1, at)).isZero();
        assertThat(consents.generation(grant(), given.version(), at)).isOne();
        assertThat(consents.generation(grant(), given.version() + 1, at)).isEqualTo(2);
    }

    @Test
    void whatIsOverByEveryClockEnds() throws SQLException {
        clock.advance(Duration.ofHours(2));
        clock.jump(YEAR_AND_MORE);

        consents.settle(grant());

        assertThat(state(grant())).isEqualTo("expired");
    }

    @Test
    void anOperatorsWordEndsTheDoubt() throws SQLException {
        clock.jump(Duration.ofMinutes(10)); // little: for a moment it is everybody's time
        try {
            database.accept();
            database.look();

            assertThat(inDoubt.test(null)).isFalse();
            assertThat(database.instant()).isAfter(now().plus(Duration.ofMinutes(9)));
        } finally {
            clock.reset();
            database.accept();
            database.look();
        }
        assertThat(Duration.between(database.instant(), now()).abs()).isLessThan(Duration.ofSeconds(2));
    }

    private void isInDoubt(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        FaultException.class,
                        thrown -> assertThat(thrown.fault().code()).isEqualTo(FaultCode.CLOCK_IN_DOUBT));
    }

    private Uses.Use use() {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                database.instant(),
                grant(),
                given.version(),
                given.terms().clientId(),
                Actor.CLIENT);
        return QuarkusTransaction.requiringNew().call(() -> uses.use(given, ledger.draft(event, person)));
    }

    private GrantId grant() {
        return given.terms().grantId();
    }

    private void jumpUnseen(Duration by) throws SQLException {
        ask("""
                create or replace function service_time() returns timestamptz language sql volatile parallel safe
                    return clock_timestamp() + service_time_ahead() + make_interval(secs => %d)""".formatted(by.toSeconds()));
    }

    private static Instant now() throws SQLException {
        return Instant.parse(
                ask("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                        .getFirst());
    }

    private static String state(GrantId grant) throws SQLException {
        return ask("select state from consent where grant_id = '" + grant + "'").getFirst();
    }

    private static List<String> ask(String sql) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement()) {
            if (!statement.execute(sql)) {
                return List.of();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return List.of(result.getString(1));
            }
        }
    }
}
