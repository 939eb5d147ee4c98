package io.consentry.receipt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.consentry.tlog.Policy;
import io.consentry.verify.ReceiptCheck;
import io.consentry.verify.ReceiptReport;
import io.consentry.verify.ReceiptVerdict;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A person takes the receipt of a release along, and the verifier that knows nothing of the service believes it. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptTest {

    private static final String PERSON = ClientFlow.COMPLETE;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestResident resident;
    private JsonNode released;

    @BeforeAll
    void release() {
        TestClient.ready("plain-lender")
                .flow()
                .asking("openid name")
                .untilToken(PERSON)
                .userinfo()
                .send()
                .is(200);
        resident = TestResident.signIn(PERSON);
        for (JsonNode event :
                resident.call("GET", "/activity?limit=5").send().is(200).json()) {
            if (event.path("event").asText().equals("released")) {
                released = event;
                return;
            }
        }
        throw new AssertionError("no release in the activity");
    }

    @Test
    @Requirement("CX-LOG-5")
    void aReceiptShowsByItselfThatTheLogHasTheEvent() {
        Answer receipt = included();

        ReceiptReport report = check(receipt.body());

        assertThat(report.verdict()).as("%s", report).isInstanceOf(ReceiptVerdict.Included.class);
        assertThat(receipt.json().path("event").path("event").asText()).isEqualTo("released");
        assertThat(receipt.json().path("leaf_hash")).isEqualTo(released.path("leaf_hash"));
        assertThat(receipt.json().path("record").isObject()).isTrue();
        assertThat(receipt.json().path("count").path("of").asLong())
                .isGreaterThanOrEqualTo(released.path("number").asLong());
        assertThat(receipt.header("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).endsWith(".consent-receipt.json\""));
    }

    @Test
    void aReceiptThatTellsOfAnotherEventIsRefused() {
        String receipt = included().body();

        assertThat(check(receipt.replace("\"released\"", "\"withdrawn\"")).verdict())
                .isInstanceOf(ReceiptVerdict.Refused.class);
        assertThat(check(receipt.replaceFirst("\"client_id\":\"plain-lender\"", "\"client_id\":\"harbour-bank\""))
                        .verdict())
                .isInstanceOf(ReceiptVerdict.Refused.class);
    }

    @Test
    void nobodyElseGetsIt() {
        String path = path();

        assertThat(given().get("/api/me" + path).statusCode()).isEqualTo(401);
        TestResident another = TestResident.signIn("S6133472F");
        Answer answer = another.call("GET", path).send();
        if (answer.status() == 200) { // an event of the same number, of their own
            assertThat(answer.json().path("leaf_hash")).isNotEqualTo(released.path("leaf_hash"));
        } else {
            answer.is(404);
        }
        resident.call("GET", "/receipts/0/999999999").send().is(404);
        resident.call("GET", "/receipts/999/1").send().is(404);
    }

    @Test
    void aReceiptHoldsNoValue() {
        assertThat(included().body()).doesNotContain(PERSON);
    }

    private String path() {
        return "/receipts/" + released.path("ledger_log").asInt() + '/'
                + released.path("number").asLong();
    }

    private Answer included() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer receipt = resident.call("GET", path()).send().is(200);
            String state = receipt.json().path("state").asText();
            if (!state.equals("promised")) {
                return receipt;
            }
            // Until then it is the service's word, and that is checked too.
            assertThat(check(receipt.body()).verdict()).isInstanceOf(ReceiptVerdict.Promised.class);
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static ReceiptReport check(String receipt) {
        return ReceiptCheck.receipt(
                receipt.getBytes(StandardCharsets.UTF_8),
                Policy.parse(given().get("/ledger/policy").asString()),
                Optional.of(given().get("/.well-known/keys").asString()));
    }
}
