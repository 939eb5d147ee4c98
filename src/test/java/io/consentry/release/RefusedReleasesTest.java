package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that keeps trying in vain does not make the ledger grow for ever, and the person hears of it all the same. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-RETAIN-4")
class RefusedReleasesTest {

    private static final int AT_ONCE = 64;
    private static final int REQUESTED_PRESENTED_GRANTED = 3;
    private static final String PERSON = "S8762201J";

    @Inject
    ConsentFixture fixture;

    @Inject
    ReleaseEntries entries;

    @Inject
    ConsentInForce inForce;

    @Inject
    Consents consents;

    @Inject
    Clients clients;

    @Inject
    ReleaseSettings settings;

    @Inject
    TestClock clock;

    @Test
    void manyTriesAtOnceAreOneEntry() throws Exception {
        Consent.Active grant = fixture.active(fixture.person());

        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            var start = new CyclicBarrier(AT_ONCE);
            var tries = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        entries.recordRefused(grant, FaultCode.RELEASE_TOO_OFTEN);
                        return true;
                    }))
                    .toList();
            for (Future<Boolean> each : tries) {
                each.get();
            }
        }

        assertThat(refusals(grant)).isOne();
    }

    @Test
    void eachReasonHasAnEntryOfItsOwn() throws SQLException {
        Consent.Active grant = fixture.active(fixture.person());

        entries.recordRefused(grant, FaultCode.RELEASE_TOO_OFTEN);
        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);
        entries.recordRefused(grant, FaultCode.RELEASE_TOO_OFTEN);

        assertThat(refusals(grant)).isEqualTo(2);
    }

    @Test
    void aPausedGrantRefusesOnTheRecord() throws SQLException {
        PersonId person = fixture.person();
        Consent.Active grant = fixture.active(person);
        consents.pause(grant.terms().grantId(), person);
        long before = refusals(grant);

        assertThat(found(grant, "harbour-bank")).isInstanceOf(ConsentInForce.Found.NotNow.class);

        assertThat(refusals(grant)).isEqualTo(before + 1);
    }

    /** Behind the seal of the token, which says whose it is. */
    @Test
    void whateverATokenSaysAGrantIsItsClientsAlone() throws SQLException {
        Consent.Active grant = fixture.active(fixture.person());

        assertThat(found(grant, "merlion-wealth")).isInstanceOf(ConsentInForce.Found.Over.class);

        assertThat(refusals(grant)).isZero();
        assertThat(found(grant, "harbour-bank")).isInstanceOf(ConsentInForce.Found.InForce.class);
    }

    private ConsentInForce.Found found(Consent.Active grant, String client) {
        return inForce.find(new Recipient(
                grant.terms().grantId(), clients.find(new ClientId(client)).orElseThrow(), Optional.empty()));
    }

    @Test
    void whoeverStillTriesAfterThePeriodIsOnRecordAgain() throws SQLException {
        Consent.Active grant = fixture.active(fixture.person());
        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);

        clock.advance(settings.refusalsEvery().minus(Duration.ofMinutes(5)));
        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);
        assertThat(refusals(grant)).isOne();

        clock.advance(Duration.ofMinutes(6));
        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);
        assertThat(refusals(grant)).isEqualTo(2);
    }

    @Test
    void aTimeOfAClockThatHadJumpedKeepsNothingFromTheRecord() throws SQLException {
        Consent.Active grant = fixture.active(fixture.person());
        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);
        try (Connection database = TestDatabase.asOwner();
                PreparedStatement jump = database.prepareStatement(
                        "update refusal_on_record set recorded_at = recorded_at + interval '400 days' where grant_id = ?")) {
            jump.setObject(1, grant.terms().grantId().value());
            assertThat(jump.executeUpdate()).isOne();
        }

        entries.recordRefused(grant, FaultCode.CONSENT_EXPIRED);

        assertThat(refusals(grant)).isEqualTo(2);
    }

    @Test
    void theHistoryTellsThatThereWereTriesAndNotHowMany() {
        ClientFlow flow =
                TestClient.ready("harbour-bank").flow().asking("openid name").untilToken(PERSON);
        String grant = flow.fetch().grantId();
        TestResident resident = TestResident.signIn(PERSON);
        resident.withdraw(grant).is(204);

        for (int i = 0; i < 3; i++) {
            flow.userinfo().send().is(401);
        }

        assertThat(resident.told(grant, "/releases"))
                .extracting(event -> event.path("event").asText())
                .containsExactly("release_refused", "released");
        assertThat(Visit.as(PERSON).get("/me/consents/" + grant).asString())
                .contains("once or more often, and were refused");
    }

    private static long refusals(Consent grant) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                PreparedStatement query =
                        database.prepareStatement("select count(*) - ? from ledger_event where grant_id = ?")) {
            query.setInt(1, REQUESTED_PRESENTED_GRANTED);
            query.setObject(2, grant.terms().grantId().value());
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
