package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.consentry.client.Clients;
import io.consentry.client.RegistrationResult;
import io.consentry.consent.Consents;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.person.Persons;
import io.consentry.sandbox.EventVerifier;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestReceiver;
import io.consentry.testing.TestResident;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Clients that are told of what happens to their grants, and what they and the person can see of it. */
@ApplicationScoped
class ToldClient {

    static final String PERSON = ClientFlow.COMPLETE;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clients clients;
    private final Consents consents;
    private final Persons persons;
    private final History history;

    ToldClient(Clients clients, Consents consents, Persons persons, History history) {
        this.clients = clients;
        this.consents = consents;
        this.persons = persons;
        this.history = history;
    }

    TestClient pushedTo(TestReceiver receiver) {
        return pushedTo(receiver.address());
    }

    TestClient pushedTo(URI address) {
        return registered("{\"method\": \"push\", \"endpoint_url\": \"" + address + "\"}");
    }

    TestClient polling() {
        return registered("{\"method\": \"poll\"}");
    }

    TestClient registered(String delivery) {
        return TestClient.registered(clients, metadata -> {
            try {
                metadata.put("scope", "openid uinfin name email events");
                metadata.putArray("grant_types").add("authorization_code").add("client_credentials");
                metadata.set("events_delivery", JSON.readTree(delivery));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** The same client without {@code events_delivery}. */
    void unregister(TestClient client) {
        var metadata = JSON.createObjectNode()
                .put("client_id", client.id())
                .put("client_name", "Test Bank")
                .put("purpose", "account_opening")
                .put("scope", "openid uinfin name email");
        metadata.putArray("redirect_uris").add(client.redirectUri());
        metadata.set("jwks", JSON.valueToTree(client.keys().toJSONObject(true)));
        assertThat(clients.register(metadata)).isInstanceOf(RegistrationResult.Registered.class);
    }

    /** The person approves; the grant. */
    static GrantId granted(TestClient client) {
        ClientFlow flow = client.flow().asking("openid uinfin name");
        flow.push();
        flow.approve(PERSON);
        return GrantId.parse(TestResident.signIn(PERSON).newestGrant());
    }

    PersonId person() {
        return persons.find(new NationalId(PERSON)).orElseThrow();
    }

    void pause(GrantId grant) {
        consents.pause(grant, person());
    }

    void resume(GrantId grant) {
        consents.resume(grant, person());
    }

    void withdraw(GrantId grant) {
        consents.withdraw(grant, person());
    }

    /** The person's history of a grant, oldest first. */
    List<String> history(GrantId grant) {
        return history.of(person(), grant, 100).reversed().stream()
                .map(recorded -> recorded.event().kind().wire()
                        + (recorded.event().kind().wire().startsWith("notice")
                                ? " " + recorded.event().reason().orElseThrow()
                                : ""))
                .toList();
    }

    /** How far each notice of a grant has come, oldest first, as its person is told. */
    static List<String> states(GrantId grant) {
        var states = new ArrayList<String>();
        TestResident.signIn(PERSON)
                .told(grant.toString(), "/events")
                .forEach(notice -> states.addFirst(notice.path("state").asText()));
        return states;
    }

    /** Waits until something is so; fails when it does not become so. */
    static <T> void eventually(Supplier<T> actual, T expected) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!expected.equals(actual.get()) && System.nanoTime() < deadline) {
            TestReceiver.pause();
        }
        assertThat(actual.get()).isEqualTo(expected);
    }

    /** As a client verifies it: with Nimbus, against our published keys. */
    static JWTClaimsSet verify(String token, String clientId) throws BadJOSEException {
        try {
            return new EventVerifier(Service.issuer(), URI.create(Service.base() + "/.well-known/keys"))
                    .verify(token, clientId);
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** What kind of event it is, by the last part of its type. */
    static String kind(String token, TestClient client) {
        Set<String> types = events(token, client).properties().stream()
                .map(java.util.Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet());
        String type = types.iterator().next();
        assertThat(type).startsWith(Service.issuer() + "/events/");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    static List<String> kinds(List<TestReceiver.Pushed> pushed, TestClient client) {
        return pushed.stream().map(each -> kind(each.token(), client)).toList();
    }

    /** The kinds in order, where one that came again under its own jti counts once: delivery is at least once. */
    static List<String> kindsOnce(List<TestReceiver.Pushed> pushed, TestClient client) {
        var kinds = new LinkedHashMap<String, String>();
        pushed.forEach(each -> kinds.putIfAbsent(jti(each.token(), client), kind(each.token(), client)));
        return List.copyOf(kinds.values());
    }

    static JsonNode events(String token, TestClient client) {
        try {
            return JSON.valueToTree(verify(token, client.id()).getClaim("events"));
        } catch (BadJOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String jti(String token, TestClient client) {
        try {
            return verify(token, client.id()).getJWTID();
        } catch (BadJOSEException e) {
            throw new AssertionError(e);
        }
    }
}
