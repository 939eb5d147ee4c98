package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody who can write to the database points what one client holds at the grant of another, whose row is as it should be.
 * The one gets nothing of it, and no entry says that the other did.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-SEAL-3")
class MovedTokenTest {

    private static final String PERSON = "S6133472F";

    private Connection superuser;
    private Statement hand;
    private ClientFlow wealth;
    private String lendersGrant;

    @BeforeEach
    void twoClients() throws SQLException {
        superuser = TestDatabase.asSuperuser();
        hand = superuser.createStatement();
        ClientFlow lender = TestClient.ready("plain-lender")
                .flow()
                .asking("openid name email")
                .push();
        lender.approve(PERSON);
        lendersGrant = lender.redeem().text("grant_id");
        wealth = TestClient.ready("merlion-wealth")
                .flow()
                .asking("openid name email")
                .push();
        wealth.approve(PERSON);
    }

    @AfterEach
    void close() throws SQLException {
        superuser.close();
    }

    @Test
    void anAccessTokenOpensNothingOfAnothersGrant() throws SQLException {
        String grant = wealth.redeem().text("grant_id");
        wealth.fetch();
        long releases = releases();

        move("access_token", grant);

        wealth.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
        assertThat(releases()).isEqualTo(releases);
    }

    @Test
    void aRefreshTokenGivesNoTokenToAnothersGrant() throws SQLException {
        Answer tokens = wealth.redeem();
        move("refresh_token", tokens.text("grant_id"));

        Answer refused = wealth.refresh(tokens.text("refresh_token")).send();

        refused.isRefused(400, "invalid_grant", "invalid_refresh_token");
    }

    @Test
    void aCodeGivesNoTokenToAnothersGrant() throws SQLException {
        try (ResultSet newest = hand.executeQuery("select grant_id from authorization_code"
                + " where client_id = 'merlion-wealth' and redeemed_at is null"
                + " and expires_at < now() + interval '2 minutes' order by expires_at desc limit 1")) {
            newest.next();
            String grant = newest.getString(1);
            move("authorization_code", grant);
        }

        wealth.token().send().isRefused(400, "invalid_grant", "invalid_code");
    }

    private void move(String table, String grant) throws SQLException {
        int moved = hand.executeUpdate(
                "update " + table + " set grant_id = '" + lendersGrant + "' where grant_id = '" + grant + "'");
        assertThat(moved).isEqualTo(1);
    }

    private long releases() throws SQLException {
        try (ResultSet row = hand.executeQuery("select count(*) from ledger_event where row_id is not null")) {
            row.next();
            return row.getLong(1);
        }
    }
}
