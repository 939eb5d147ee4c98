package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls too often is told so, and when to come back; who does not is not kept from anything. */
@QuarkusTest
@TestProfile(ShortPatience.class)
@Timeout(60)
class RateLimitsTest {

    @Inject
    LimitRounds rounds;

    @Test
    @Requirement("CX-HTTP-8")
    void anAddressThatCallsTooOftenIsRefused() {
        Answer refused = untilRefused(() -> from("X-Forwarded-For", "192.0.2.7"));

        refused.isProblem(429, "rate_limited");
        tellsWhenToComeBack(refused, "address");
        from("X-Forwarded-For", "192.0.2.8").is(404);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, '192.0.2.20', '192.0.2.20:4711'",
        "X-Forwarded-For, '192.0.2.21', '198.51.100.1, 192.0.2.21'",
        "X-Forwarded-For, '192.0.2.22', '192.0.2.22, 10.9.1.1'",
        "X-Forwarded-For, '2001:db8:0:1::1', '[2001:db8:0:1::2]:80'",
        "Forwarded, 'for=192.0.2.23', 'for=198.51.100.2;proto=https, for=192.0.2.23;by=10.9.0.1'",
        "Forwarded, 'for=\"[2001:db8:0:2::1]\"', 'FOR=\"[2001:db8:0:2::9]:4711\"'",
    })
    void whatNamedProxiesSayIsReadFromTheRight(String header, String value, String same) {
        untilRefused(() -> from(header, value)).is(429);

        from(header, same).is(429);
    }

    @Test
    @Requirement("CX-HTTP-8")
    void aClientThatCallsTooOftenIsRefusedAtThatEndpoint() {
        TestClient client = TestClient.ready("plain-lender");

        Answer first = client.flow().par().send().is(201);
        Answer refused = untilRefused(() -> client.flow().par().send());

        assertThat(first.header("RateLimit-Policy")).hasValue("\"client\";q=" + ShortPatience.BURST + ";w=40");
        assertThat(first.header("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).matches("\"client\";r=[0-9]+;t=[0-9]+"));
        refused.isRefused(429, "temporarily_unavailable", "rate_limited");
        tellsWhenToComeBack(refused, "client");
        assertThat(client.flow().token().send().status()).isEqualTo(400);
        TestClient.ready("orchard-finance").flow().par().send().is(201);
    }

    @Test
    void whoeverIsNobodySpendsNothingOfAClient() throws SQLException {
        TestClient client = TestClient.ready("kopi-rental");
        rounds.tellAndLearn();
        long before = total("client kopi-rental /fapi/par");
        for (int i = 0; i < 2 * ShortPatience.BURST; i++) {
            client.flow()
                    .par()
                    .assertion(jwt -> jwt.claim("aud", "https://elsewhere.example"))
                    .send()
                    .is(401);
        }
        rounds.tellAndLearn();

        assertThat(total("client kopi-rental /fapi/par")).isEqualTo(before);
        client.flow().par().send().is(201);
    }

    @Test
    @Requirement("CX-HTTP-8")
    void aPersonWhoCallsTooOftenIsRefused() {
        TestResident resident = TestResident.signIn("S1522946B");

        Answer refused = untilRefused(() -> resident.call("GET", "/consents").send());

        refused.isProblem(429, "rate_limited");
        tellsWhenToComeBack(refused, "person");
        TestResident.signIn("S6905538I").call("GET", "/consents").send().is(200);
    }

    @Test
    @Requirement("CX-HTTP-8")
    void whatIsSpentAtAnotherNodeIsSpent() throws SQLException {
        TestClient client = TestClient.ready("orchard-finance");
        String subject = "client orchard-finance /fapi/par";
        client.flow().par().send().is(201);
        rounds.tellAndLearn();
        assertThat(total(subject)).isPositive();

        anotherNodeSpends(subject, ShortPatience.BURST - 10);
        client.flow().par().send().is(201);
        rounds.tellAndLearn();

        Answer answer = client.flow().par().send().is(201);
        assertThat(answer.header("RateLimit"))
                .hasValueSatisfying(left -> assertThat(Integer.parseInt(left.replaceFirst(".*;r=([0-9]+);.*", "$1")))
                        .isLessThan(15));
    }

    private static Answer from(String header, String value) {
        return Call.to("GET", "/nothing").header(header, value).send();
    }

    private static Answer untilRefused(Supplier<Answer> call) {
        var seen = new TreeSet<Integer>();
        for (int i = 0; i < 3 * ShortPatience.BURST; i++) {
            Answer answer = call.get();
            seen.add(answer.status());
            if (answer.status() == 429) {
                assertThat(i).isGreaterThanOrEqualTo(ShortPatience.BURST / 2);
                return answer;
            }
        }
        throw new AssertionError("never refused: " + seen);
    }

    private static void tellsWhenToComeBack(Answer refused, String limit) {
        assertThat(refused.header("Retry-After")).hasValue("1");
        assertThat(refused.header("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).startsWith("\"" + limit + "\";r=0;t="));
        assertThat(refused.header("RateLimit-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).startsWith("\"" + limit + "\";q=" + ShortPatience.BURST));
    }

    private static void anotherNodeSpends(String subject, int requests) throws SQLException {
        try (Connection connection = TestDatabase.asOwner();
                var statement =
                        connection.prepareStatement("update limit_spent set total = total + ? where subject = ?")) {
            statement.setInt(1, requests);
            statement.setString(2, subject);
            statement.executeUpdate();
        }
    }

    private static long total(String subject) throws SQLException {
        try (Connection connection = TestDatabase.asOwner();
                var statement = connection.prepareStatement("select total from limit_spent where subject = ?")) {
            statement.setString(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
