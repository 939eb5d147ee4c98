package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Statements;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request that nobody comes for leaves nothing behind: whoever can push cannot fill the ledger. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class UnopenedRequestTest {

    private static final String PERSON = "S8762201J";

    @Inject
    TestClock clock;

    private final TestClient bank = TestClient.ready("harbour-bank");

    @Test
    @Requirement("CX-RETAIN-1")
    void aPushWritesOneRow() {
        String push = UUID.randomUUID().toString();

        bank.flow().par().header(Statements.HEADER, push).send().is(201);

        List<String> written = Statements.of(push).stream()
                .filter(sql -> sql.startsWith("insert") || sql.startsWith("update"))
                .filter(sql -> !sql.contains("used_jti"))
                .toList();
        assertThat(written).singleElement().asString().startsWith("insert into authorization_request");
    }

    @Test
    @Requirement("CX-RETAIN-1")
    void aRequestThatNobodySignedInForLeavesNoEntryAndNoConsent() throws SQLException {
        ClientFlow flow = bank.flow().push();
        String page = page(flow);
        Visit nobody = new Visit();

        assertThat(nobody.get(page).statusCode()).as("sign in first").isEqualTo(303);
        clock.advance(Duration.ofMinutes(16));
        nobody.get(page);

        assertThat(of(flow, "select count(*) from consent where grant_id = ?")).isZero();
        assertThat(of(flow, "select count(*) from ledger_event where grant_id = ?"))
                .isZero();
    }

    @Test
    @Requirement("CX-RETAIN-1")
    void whoeverComesForItFindsItOnRecordOnce() throws SQLException {
        ClientFlow flow = bank.flow().push();
        String page = page(flow);
        Visit visit = Visit.as(PERSON);

        assertThat(visit.get(page).statusCode()).isEqualTo(200);
        assertThat(visit.get(page).statusCode()).isEqualTo(200);

        assertThat(of(flow, "select count(*) from consent where state = 'presented' and grant_id = ?"))
                .isOne();
        assertThat(of(flow, "select count(*) from ledger_event where grant_id = ?"))
                .as("requested and presented")
                .isEqualTo(2);
    }

    @Test
    @Requirement("CX-RETAIN-1")
    void aChangeThatNobodyCameForLeavesNoEntryAndNoAmendment() throws SQLException {
        ClientFlow first = bank.flow().asking("openid name").push();
        first.approve(PERSON);
        String grant = first.redeem().text("grant_id");
        long before = of(first, "select count(*) from ledger_event where grant_id = ?");
        ClientFlow more = bank.flow().asking("openid email");

        more.pushed(more.amending("merge", grant));
        new Visit().get(page(more));

        assertThat(of(first, "select count(*) from amendment where grant_id = ?"))
                .isZero();
        assertThat(of(first, "select count(*) from ledger_event where grant_id = ?"))
                .isEqualTo(before);
    }

    private static String page(ClientFlow flow) {
        return URI.create(flow.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
    }

    /** Of the grant that a flow is about. */
    private static long of(ClientFlow flow, String sql) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                PreparedStatement query = database.prepareStatement(sql.replace("?", """
                        (select grant_id from authorization_request
                         where request_uri_hash = sha256(convert_to(?, 'UTF8')))"""))) {
            query.setString(1, flow.requestUri().substring(PushedRequests.URN.length()));
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
