package io.consentry.attacker;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Handle;
import io.consentry.person.Sessions;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.SealedDoor;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody kept a copy of a row, seal and all, and puts it in the place of what came after it. */
@QuarkusTest
@Requirement("CX-SEAL-1")
class RowsPutBackTest {

    @Inject
    SealedDoors doors;

    @Inject
    Sessions sessions;

    @Inject
    Clients clients;

    private Connection superuser;
    private Statement hand;

    @BeforeEach
    void everyTriggerOff() throws SQLException {
        superuser = TestDatabase.asSuperuser();
        hand = superuser.createStatement();
        hand.execute("set session_replication_role = replica");
    }

    @AfterEach
    void close() throws SQLException {
        superuser.close();
    }

    @Test
    void aSessionThatWasEndedStaysEnded() throws SQLException {
        SealedDoor door = copied("session");
        sessions.end(new Handle(door.own()));

        putBack(door);

        assertThat(door.opens().test(door.own())).isFalse();
    }

    @Test
    void aRefreshTokenThatWasGivenBackGivesNothing() throws SQLException {
        ClientFlow flow = TestClient.ready("merlion-wealth").flow().asking("openid name email");
        flow.push().approve(ClientFlow.COMPLETE);
        String token = flow.redeem().text("refresh_token");
        SealedDoor door = copied(SealedDoor.ofHandles(
                "refresh_token",
                "token_hash",
                token,
                "",
                sent -> flow.refresh(sent).send().status() == 200));
        flow.revocation().with("token", token).send().is(200);

        putBack(door);

        assertThat(door.opens().test(token)).isFalse();
        flow.userinfo().send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    void aCodeThatWasRedeemedIsNotRedeemedAgain() throws SQLException {
        SealedDoor door = copied("authorization_code");
        assertThat(door.opens().test(door.own())).isTrue();

        putBack(door);
        assertThat(door.opens().test(door.own())).isFalse();

        assertThat(hand.executeUpdate(
                        "update authorization_code set redeemed_at = now() where " + door.row(door.own())))
                .isEqualTo(1);
        assertThat(door.opens().test(door.own())).isFalse();
    }

    @Test
    void aRequestThatWasDecidedIsNotDecidedAgain() throws SQLException {
        ClientFlow flow = TestClient.ready("harbour-bank").flow().push();
        String handle = flow.requestUri().substring(flow.requestUri().lastIndexOf(':') + 1);
        SealedDoor door = copied(SealedDoor.ofHandles(
                "authorization_request",
                "request_uri_hash",
                handle,
                "",
                uri -> flow.authorize().send().status() == 303));
        flow.refuse(ClientFlow.COMPLETE);

        hand.execute("update authorization_request set finished_at = null where " + door.row(handle));
        assertThat(door.opens().test(handle)).isFalse();

        putBack(door);
        assertThat(flow.decision(ClientFlow.COMPLETE, "approve").send().status())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void aClientThatWasSuspendedStaysSuspended() throws SQLException {
        SealedDoor door = copied("client");
        clients.suspend(new ClientId(door.own()));

        putBack(door);

        assertThat(door.opens().test(door.own())).isFalse();
    }

    /** Whether it was suspended nobody can tell any more. */
    @Test
    void aClientWhoseRowWasChangedIsSuspendedWhenItIsRegisteredAnew() throws SQLException {
        SealedDoor door = copied("client");
        hand.execute("update client set name = 'Another Bank' where " + door.row(door.own()));

        TestClient.registered(clients, metadata -> metadata.put("client_id", door.own()));

        assertThat(clients.find(new ClientId(door.own()))).hasValueSatisfying(client -> {
            assertThat(client.name()).isEqualTo("Test Bank");
            assertThat(client.isActive()).isFalse();
        });
    }

    @Test
    void aReceiverThatWasReplacedIsToldNothing() throws SQLException {
        SealedDoor door = copied("event_receiver");
        TestClient.registered(clients, metadata -> metadata.put("client_id", door.own()));

        putBack(door);

        assertThat(door.opens().test(door.own())).isFalse();
    }

    private SealedDoor copied(String table) throws SQLException {
        return copied(doors.all().get(table).get());
    }

    private SealedDoor copied(SealedDoor door) throws SQLException {
        hand.execute(
                "create temporary table saved as select * from " + door.table() + " where " + door.row(door.own()));
        return door;
    }

    private void putBack(SealedDoor door) throws SQLException {
        hand.execute("delete from " + door.table() + " where " + door.row(door.own()));
        assertThat(hand.executeUpdate("insert into " + door.table() + " select * from saved"))
                .isEqualTo(1);
    }
}
