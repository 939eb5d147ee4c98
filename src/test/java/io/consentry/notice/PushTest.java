package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestReceiver;
import io.consentry.testing.TestReceiver.Pushed;
import io.consentry.testing.TestReceiver.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events pushed to clients (RFC 8935), with receivers that fail in every way. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Tag(Effort.SLOW)
class PushTest {

    @Inject
    ToldClient told;

    @Inject
    TestClock clock;

    private final TestReceiver receiver = TestReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    @Requirement("RFC8935-2.1")
    @Requirement("CX-NOTICE-1")
    void everyChangeIsPushedInOrderAndRecordedAsSentAndAcknowledged() {
        TestClient client = told.pushedTo(receiver);

        GrantId grant = ToldClient.granted(client);
        told.pause(grant);
        told.resume(grant);
        told.withdraw(grant);

        List<Pushed> pushed = receiver.await(4);
        assertThat(ToldClient.kinds(pushed, client)).containsExactly("granted", "paused", "resumed", "withdrawn");
        assertThat(pushed).allMatch(each -> each.header("Content-type").equals("application/secevent+jwt"));
        assertThat(pushed).allMatch(each -> each.header("Accept").equals("application/json"));
        assertThat(pushed).allMatch(each -> each.path().equals("/events"));
        ToldClient.eventually(() -> ToldClient.states(grant), allAcknowledged(4));
        assertThat(told.history(grant))
                .contains("notice_sent granted", "notice_acknowledged granted", "notice_acknowledged withdrawn")
                .doesNotHaveDuplicates();
    }

    @Test
    @Requirement("CX-NOTICE-1")
    void nobodyIsToldWhoDidNotAskForIt() throws SQLException {
        TestClient untold = TestClient.ready("plain-lender");

        GrantId grant = ToldClient.granted(untold);
        told.withdraw(grant);

        assertThat(waiting(grant)).isZero();
        assertThat(ToldClient.states(grant)).isEmpty();
    }

    @Test
    @Requirement("CX-NOTICE-1")
    void anAttemptThatIsRolledBackTellsNobody() throws SQLException {
        TestClient client = told.pushedTo(receiver);
        GrantId grant = ToldClient.granted(client);
        receiver.await(1);

        told.resume(grant); // it is not paused
        told.pause(grant);

        ToldClient.eventually(() -> events(client), List.of("granted", "paused"));
        assertThat(waiting(grant)).isLessThanOrEqualTo(2);
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void aReceiverThatIsDownTheWholeDayGetsEverythingInOrder() {
        TestClient client = told.pushedTo(receiver);
        receiver.goDown();
        GrantId grant = ToldClient.granted(client);
        told.pause(grant);
        told.resume(grant);
        GrantId other = ToldClient.granted(client);
        told.withdraw(other);
        for (int hour = 0; hour < 22; hour++) {
            clock.advance(Duration.ofHours(1));
            TestReceiver.pause();
        }
        told.withdraw(grant);

        receiver.open();
        clock.advance(Duration.ofHours(1));

        ToldClient.eventually(() -> ToldClient.states(grant), allAcknowledged(4));
        ToldClient.eventually(() -> ToldClient.states(other), allAcknowledged(2));
        assertThat(of(grant, client)).containsExactly("granted", "paused", "resumed", "withdrawn");
        assertThat(of(other, client)).containsExactly("granted", "withdrawn");
    }

    static Stream<Reply> whatAcknowledgesNothing() {
        return Stream.of(
                Reply.of(200, "<html>Welcome</html>"),
                Reply.of(204, ""),
                Reply.of(302, ""),
                Reply.of(400, "no JSON"),
                Reply.of(400, "{\"error\": \"invalid_request\"}"),
                Reply.of(400, "{\"err\": \"authentication_failed\"}"),
                Reply.of(404, ""),
                Reply.of(500, "{\"err\": \"invalid_request\"}"),
                Reply.of(400, "{\"err\": \"" + "x".repeat(100_000) + "\"}"),
                new Reply(202, "", 3_500));
    }

    @ParameterizedTest
    @MethodSource("whatAcknowledgesNothing")
    @Requirement("RFC8935-2.2")
    @Requirement("CX-NOTICE-2")
    void whatDoesNotAcknowledgeIsPushedAgainUnderTheSameJti(Reply reply) {
        TestClient client = told.pushedTo(receiver.replying(reply));
        GrantId grant = ToldClient.granted(client);
        receiver.await(2);
        assertThat(ToldClient.states(grant)).doesNotContain("acknowledged");
        told.pause(grant);

        receiver.replying(Reply.ACCEPTED);
        clock.advance(Duration.ofMinutes(2));

        ToldClient.eventually(() -> ToldClient.states(grant), allAcknowledged(2));
        List<Pushed> pushed = receiver.pushed();
        List<String> kinds = ToldClient.kinds(pushed, client);
        assertThat(kinds).startsWith("granted", "granted").endsWith("paused");
        assertThat(kinds.stream().distinct()).containsExactly("granted", "paused");
        assertThat(kinds.subList(kinds.indexOf("paused"), kinds.size())).containsOnly("paused");
        assertThat(pushed.stream()
                        .filter(each -> ToldClient.kind(each.token(), client).equals("granted"))
                        .map(each -> ToldClient.jti(each.token(), client))
                        .distinct())
                .hasSize(1);
        assertThat(told.history(grant)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_request", "invalid_issuer", "invalid_audience", "somebody's own"})
    @Requirement("RFC8935-2.3")
    void aReceiverThatRefusesAnEventIsNotSentItAgain(String err) throws SQLException {
        receiver.replying(Reply.of(400, "{\"err\": \"" + err + "\", \"description\": \"no S1234567D here\"}"));
        TestClient client = told.pushedTo(receiver);
        GrantId grant = ToldClient.granted(client);
        ToldClient.eventually(() -> ToldClient.states(grant), List.of("refused"));
        receiver.replying(Reply.ACCEPTED);
        clock.advance(Duration.ofHours(2));
        told.pause(grant);

        ToldClient.eventually(() -> ToldClient.states(grant), List.of("refused", "acknowledged"));
        assertThat(ToldClient.kinds(receiver.pushed(), client)).containsExactly("granted", "paused");
        assertThat(text("select error from notice where grant_id = ? and error is not null", grant))
                .isEqualTo(err.startsWith("invalid") ? err : "other");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void aDeadReceiverHoldsUpNobodyElse() {
        TestReceiver dead = TestReceiver.start();
        TestClient unlucky = told.pushedTo(dead.replying(new Reply(202, "", 20_000)));
        GrantId waiting = ToldClient.granted(unlucky);
        dead.await(1);
        TestClient client = told.pushedTo(receiver);

        GrantId grant = ToldClient.granted(client);

        ToldClient.eventually(() -> ToldClient.states(grant), allAcknowledged(1));
        assertThat(ToldClient.states(waiting)).doesNotContain("acknowledged");
        dead.close();
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void afterSevenDaysAnEventIsPushedNoMoreAndStays() throws SQLException {
        TestClient client = told.pushedTo(receiver.replying(Reply.of(500, "")));
        GrantId grant = givenUp(client);
        int before = receiver.pushed().size();

        receiver.replying(Reply.ACCEPTED);
        clock.advance(Duration.ofDays(30));
        GrantId later = ToldClient.granted(client);
        ToldClient.eventually(() -> ToldClient.states(later), allAcknowledged(1));

        assertThat(ToldClient.kinds(receiver.pushed(), client)).hasSize(before + 1);
        assertThat(ToldClient.states(grant)).containsExactly("sent");
    }

    @Test
    @Requirement("CX-NOTICE-2")
    void whatComesAfterAnEventThatWasGivenUpIsPushed() throws SQLException {
        TestClient client = told.pushedTo(receiver.replying(Reply.of(500, "")));
        GrantId grant = givenUp(client);
        receiver.replying(Reply.ACCEPTED);
        clock.advance(Duration.ofHours(1));

        told.withdraw(grant); // too late: its time is up, and that is what is told

        ToldClient.eventually(() -> ToldClient.states(grant), List.of("sent", "acknowledged"));
        assertThat(of(grant, client)).endsWith("granted", "expired");
    }

    /** Somebody changed what happened; that is not told, and everybody else's is. */
    @Test
    @Requirement("CX-NOTICE-2")
    void anEventThatCannotBeOpenedHoldsUpNoOtherGrants() throws SQLException {
        TestClient client = told.pushedTo(receiver);
        receiver.goDown();
        GrantId spoilt = ToldClient.granted(client);
        List<GrantId> sound =
                Stream.generate(() -> ToldClient.granted(client)).limit(3).toList();
        try (Spoilt event = new Spoilt(spoilt)) {
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofMinutes(10));
                TestReceiver.pause();
            }
            receiver.open();
            clock.advance(Duration.ofMinutes(10));

            for (GrantId grant : sound) {
                ToldClient.eventually(() -> ToldClient.states(grant), allAcknowledged(1));
            }
            assertThat(of(spoilt, client)).isEmpty();
        }
        clock.advance(Duration.ofHours(12));

        ToldClient.eventually(() -> ToldClient.states(spoilt), allAcknowledged(1));
    }

    @Test
    @Requirement("RFC8935-2.1")
    @Requirement("CX-NOTICE-3")
    void theReceiversSecretComesBackToItAndLiesNowhereReadable() throws SQLException {
        String secret = "Bearer a-secret-of-the-client";
        TestClient client = told.registered("""
                {"method": "push", "endpoint_url": "%s", "authorization_header": "%s"}""".formatted(receiver.address(), secret));

        ToldClient.granted(client);

        assertThat(receiver.await(1).getFirst().header("Authorization")).isEqualTo(secret);
        byte[] stored = sealed(client);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("a-secret");
    }

    @Test
    @Requirement("CX-NOTICE-1")
    void aClientThatIsRegisteredAnewWithoutEventsIsToldNothingMore() throws SQLException {
        TestClient client = told.pushedTo(receiver);
        told.unregister(client);

        GrantId grant = ToldClient.granted(client);

        assertThat(waiting(grant)).isZero();
    }

    /** A grant of which the receiver would not have the first event for seven days. */
    private GrantId givenUp(TestClient client) {
        GrantId grant = ToldClient.granted(client);
        receiver.await(1);
        clock.advance(Duration.ofDays(8));
        ToldClient.eventually(() -> pushEnded(grant), true);
        return grant;
    }

    private static List<String> allAcknowledged(int count) {
        return Stream.generate(() -> "acknowledged").limit(count).toList();
    }

    /** The kinds of all events that came, in order; one that came again under its own jti counts once (at least once). */
    private List<String> events(TestClient client) {
        return ToldClient.kindsOnce(receiver.pushed(), client);
    }

    /** The same of one grant. */
    private List<String> of(GrantId grant, TestClient client) {
        List<Pushed> pushed = receiver.pushed().stream()
                .filter(each ->
                        ToldClient.events(each.token(), client).toString().contains(grant.toString()))
                .toList();
        return ToldClient.kindsOnce(pushed, client);
    }

    private static long waiting(GrantId grant) throws SQLException {
        return Long.parseLong(text("select count(*) from notice where grant_id = ?", grant))
                + Long.parseLong(text("select count(*) from ledger_outbox where grant_id = ?", grant));
    }

    private static boolean pushEnded(GrantId grant) {
        try {
            return text("select due_at is null from notice where grant_id = ?", grant)
                    .equals("t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String sql, GrantId grant) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                PreparedStatement query = owner.prepareStatement(sql)) {
            query.setObject(1, grant.value());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static byte[] sealed(TestClient client) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                PreparedStatement query =
                        owner.prepareStatement("select sealed_authorization from event_receiver where client_id = ?")) {
            query.setString(1, client.id());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }
}
