package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has a client's key fills no disk with it: there is a bound to what is open, and no race gets past it. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-RETAIN-3")
class OpenRequestsTest {

    private static final int AT_ONCE = 64;
    private static final int ROOM = 5;

    @Inject
    Clients clients;

    @Inject
    AuthorizationSettings settings;

    @Inject
    TestClock clock;

    private TestClient bank;

    @BeforeEach
    void aBankOfItsOwn() {
        bank = TestClient.registered(clients, same -> {});
    }

    @Test
    void thereAreNeverMoreThanTheBoundHoweverManyComeAtOnce() throws Exception {
        bank.flow().push();
        fillUp(settings.mostOpenRequests() - 1 - ROOM);

        List<Integer> statuses = atOnce(() -> bank.flow().par().send().status());

        assertThat(statuses).containsOnly(201, 429);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(ROOM);
    }

    @Test
    void oneTooManyIsToldWhenToComeBack() throws SQLException {
        bank.flow().push();
        fillUp(settings.mostOpenRequests() - 1);

        Answer refused = bank.flow().par().send();

        refused.isRefused(429, "temporarily_unavailable", "too_many_open_requests");
        assertThat(refused.header("Retry-After"))
                .hasValue(Long.toString(settings.requestUriLifetime().toSeconds()));
        TestClient.registered(clients, same -> {}).flow().par().send().is(201);
    }

    @Test
    void aRequestThatIsDecidedMakesRoom() throws SQLException {
        ClientFlow first = bank.flow().push();
        fillUp(settings.mostOpenRequests() - 1);

        first.refuse(ClientFlow.COMPLETE);

        bank.flow().par().send().is(201);
        bank.flow().par().send().is(429);
    }

    @Test
    void requestsThatNobodyCameForMakeRoom() throws SQLException {
        bank.flow().push();
        fillUp(settings.mostOpenRequests() - 1);

        clock.advance(settings.requestUriLifetime().plus(Duration.ofSeconds(1)));

        bank.flow().par().send().is(201);
    }

    /** Else whoever keeps the pages opens the requests of several bounds, after the count has let go of them. */
    @Test
    void thePageOfARequestThatNobodyCameForIsDeadWithItsAddress() {
        ClientFlow untouched = bank.flow().push();
        String page = page(untouched);
        ClientFlow begun = bank.flow().push();
        String begunPage = page(begun);
        new Visit().get(begunPage);

        clock.advance(settings.requestUriLifetime().plus(Duration.ofSeconds(1)));

        assertThat(Visit.as(ClientFlow.COMPLETE).get(page).statusCode()).isEqualTo(410);
        assertThat(Visit.as(ClientFlow.COMPLETE).get(begunPage).statusCode()).isEqualTo(200);
    }

    private static String page(ClientFlow flow) {
        return URI.create(flow.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
    }

    private static List<Integer> atOnce(Callable<Integer> push) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            var start = new CyclicBarrier(AT_ONCE);
            Callable<Integer> together = () -> {
                start.await();
                return push.call();
            };
            return pool.invokeAll(Stream.generate(() -> together).limit(AT_ONCE).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    /** As many open requests more as the bank has pushed one of, past the count. */
    private void fillUp(int more) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                PreparedStatement copy = database.prepareStatement("""
                        insert into authorization_request
                        select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'most_open', null,
                            'request_uri_hash', sha256(convert_to(gen_random_uuid()::text, 'UTF8'))::text))).*
                        from authorization_request r, generate_series(1, ?) where client_id = ?""")) {
            copy.setInt(1, more);
            copy.setString(2, bank.id());
            assertThat(copy.executeUpdate()).isEqualTo(more);
        }
    }
}
