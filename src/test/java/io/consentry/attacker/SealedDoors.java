package io.consentry.attacker;

import io.consentry.client.Clients;
import io.consentry.consent.SealedConsents;
import io.consentry.notice.SealedReceivers;
import io.consentry.obligation.SealedObligations;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.SealedDoor;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Every door that a sealed row opens, by the row's table; each call sets up rows of its own. */
@ApplicationScoped
class SealedDoors {

    private static final String PERSON = ClientFlow.COMPLETE;

    private final Map<String, Supplier<SealedDoor>> all = new TreeMap<>();
    private final Clients clients;

    SealedDoors(Clients clients, SealedConsents consents, SealedObligations obligations, SealedReceivers receivers) {
        this.clients = clients;
        all.put("session", SealedDoors::session);
        all.put("access_token", this::accessToken);
        all.put("refresh_token", SealedDoors::refreshToken);
        all.put("client_token", this::clientToken);
        all.put("authorization_code", this::code);
        all.put("authorization_request", this::request);
        all.put("client", this::client);
        all.put("event_receiver", receivers::receiver);
        all.put("consent", consents::consent);
        all.put("consent_record", consents::record);
        all.put("amendment", consents::amendment);
        all.put("revocation_order", consents::order);
        all.put("obligation", obligations::obligation);
    }

    Map<String, Supplier<SealedDoor>> all() {
        return all;
    }

    private static SealedDoor session() {
        TestResident own = TestResident.signIn(PERSON);
        TestResident other = TestResident.signIn("S6133472F");
        String name = own.cookie().substring(0, own.cookie().indexOf('=') + 1);
        return SealedDoor.ofHandles(
                "session",
                "handle_hash",
                own.cookie().substring(name.length()),
                other.cookie().substring(name.length()),
                handle -> new TestResident(name + handle)
                                .call("GET", "/consents")
                                .send()
                                .status()
                        == 200);
    }

    private SealedDoor accessToken() {
        ClientFlow own = flow().untilToken(PERSON);
        String other = own.client().flow().untilToken("S6133472F").accessToken();
        return SealedDoor.ofHandles(
                "access_token",
                "token_hash",
                own.accessToken(),
                other,
                token -> own.userinfo(token).send().status() == 200);
    }

    private static SealedDoor refreshToken() {
        ClientFlow own = TestClient.ready("merlion-wealth").flow().asking("openid name email");
        own.push().approve(PERSON);
        String token = own.redeem().text("refresh_token");
        own.push().approve("S6133472F");
        String other = own.redeem().text("refresh_token");
        return SealedDoor.ofHandles(
                "refresh_token",
                "token_hash",
                token,
                other,
                sent -> own.refresh(sent).send().status() == 200);
    }

    private SealedDoor clientToken() {
        TestClient client = TestClient.registered(clients, metadata -> {
            metadata.put("scope", "openid uinfin name email grant_management_query");
            metadata.putArray("grant_types").add("authorization_code").add("client_credentials");
        });
        ClientAccess own = ClientAccess.of(client, "grant_management_query");
        ClientAccess other = ClientAccess.of(client, "grant_management_query");
        String grant = "/grants/" + UUID.randomUUID();
        return SealedDoor.ofHandles(
                "client_token",
                "token_hash",
                own.accessToken(),
                other.accessToken(),
                token -> own.callWith(token, "GET", grant).send().status() == 404);
    }

    private SealedDoor code() {
        ClientFlow own = flow().push();
        own.approve(PERSON);
        ClientFlow other = own.client().flow().push();
        other.approve("S6133472F");
        return SealedDoor.ofHandles(
                "authorization_code",
                "code_hash",
                own.code(),
                other.code(),
                code -> own.token().with("code", code).send().status() == 200);
    }

    private SealedDoor request() {
        ClientFlow own = flow().push();
        String prefix = own.requestUri().substring(0, own.requestUri().lastIndexOf(':') + 1);
        String other = own.client().flow().push().requestUri();
        return SealedDoor.ofHandles(
                "authorization_request",
                "request_uri_hash",
                own.requestUri().substring(prefix.length()),
                other.substring(prefix.length()),
                handle -> own.authorizing(prefix + handle).send().status() == 303);
    }

    private SealedDoor client() {
        TestClient own = flow().client();
        TestClient other = flow().client();
        return new SealedDoor(
                "client",
                "client_id",
                id -> "'" + id + "'",
                own.id(),
                other.id(),
                "made-up-" + UUID.randomUUID(),
                id -> new TestClient(id, own.redirectUri(), own.scope(), own.keys())
                                .flow()
                                .par()
                                .send()
                                .status()
                        == 201);
    }

    private ClientFlow flow() {
        return TestClient.registered(clients, metadata -> {}).flow();
    }
}
