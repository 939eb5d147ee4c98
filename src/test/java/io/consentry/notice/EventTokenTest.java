package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.consentry.kernel.GrantId;
import io.consentry.key.KeyRotation;
import io.consentry.key.KeyState;
import io.consentry.ledger.History;
import io.consentry.ledger.RecordedEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestReceiver;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Security Event Token as a client gets and verifies it (RFC 8417). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class EventTokenTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    ToldClient told;

    @Inject
    History history;

    @Inject
    KeyRotation rotation;

    @Inject
    TestClock clock;

    private final TestReceiver receiver = TestReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    @Requirement("RFC8417-2.2")
    void aTokenSaysWhatHappenedToWhichGrantAndNoMore() throws Exception {
        TestClient client = told.pushedTo(receiver);
        ClientFlow flow = client.flow().asking("openid uinfin name email");
        flow.push();
        flow.approve(ToldClient.PERSON, "email");
        flow.redeem();
        GrantId grant = GrantId.parse(
                io.consentry.testing.TestResident.signIn(ToldClient.PERSON).newestGrant());

        String token = receiver.await(1).getFirst().token();

        SignedJWT set = SignedJWT.parse(token);
        assertThat(set.getHeader().getType().getType()).isEqualTo("secevent+jwt");
        assertThat(set.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        JWTClaimsSet claims = ToldClient.verify(token, client.id());
        RecordedEvent entry = history.of(told.person(), grant, 50).stream()
                .filter(recorded -> recorded.event().kind().wire().equals("granted"))
                .findFirst()
                .orElseThrow();
        assertThat(claims.getClaims()).containsOnlyKeys("iss", "aud", "iat", "jti", "txn", "toe", "sub_id", "events");
        assertThat(claims.getIssuer()).isEqualTo(Service.issuer());
        assertThat(claims.getAudience()).containsExactly(client.id());
        assertThat(claims.getJWTID()).isEqualTo(entry.event().recordId().toString());
        assertThat(claims.getStringClaim("txn")).isEqualTo(entry.leafHash());
        assertThat(claims.getLongClaim("toe")).isEqualTo(entry.event().at().getEpochSecond());
        assertThat(claims.getJSONObjectClaim("sub_id"))
                .isEqualTo(Map.of("format", "iss_sub", "iss", Service.issuer(), "sub", subject(flow.idToken())));
        JsonNode events = JSON.readTree(JSON.writeValueAsString(claims.getClaim("events")));
        assertThat(events).hasSize(1);
        assertThat(events.path(Service.issuer() + "/events/granted")).isEqualTo(JSON.readTree("""
                        {"grant_id": "%s", "grant_version": 3, "generation": 1, "actor": "person",
                         "reason": "person_approved", "scope": "name uinfin"}""".formatted(grant)));
    }

    @Test
    @Requirement("RFC8417-2.2")
    void anEndSaysWhoEndedItAndWhy() {
        TestClient client = told.pushedTo(receiver);
        GrantId grant = ToldClient.granted(client);
        told.withdraw(grant);

        String token = receiver.await(2).getLast().token();

        JsonNode payload = ToldClient.events(token, client).path(Service.issuer() + "/events/withdrawn");
        assertThat(payload.path("grant_id").asText()).isEqualTo(grant.toString());
        assertThat(payload.path("actor").asText()).isEqualTo("person");
        assertThat(payload.path("reason").asText()).isEqualTo("person_withdrew");
        assertThat(payload.path("grant_version").asInt()).isEqualTo(4);
    }

    @Test
    @Requirement("RFC8417-2.3")
    @Requirement("RFC8417-4")
    void aTokenIsNobodyElsesAndPassesForNothingElse() throws Exception {
        TestClient client = told.pushedTo(receiver);
        ToldClient.granted(client);
        String token = receiver.await(1).getFirst().token();

        assertThatThrownBy(() -> ToldClient.verify(token, "another-client")).isInstanceOf(BadJOSEException.class);
        assertThatThrownBy(() -> DefaultJOSEObjectTypeVerifier.JWT.verify(
                        SignedJWT.parse(token).getHeader().getType(), null))
                .isInstanceOf(BadJOSEException.class);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getSubject()).isNull();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime()).isNull();
    }

    @Test
    @Requirement("RFC8417-4")
    void aTokenThatSomebodyElseSignedIsRefused() throws Exception {
        TestClient client = told.pushedTo(receiver);
        ToldClient.granted(client);
        SignedJWT real = SignedJWT.parse(receiver.await(1).getFirst().token());
        ECKey stranger = ((JWK) TestClient.ecKey(KeyUse.SIGNATURE)).toECKey();
        var forged = new SignedJWT(new JWSHeader.Builder(real.getHeader()).build(), real.getJWTClaimsSet());
        forged.sign(new ECDSASigner(stranger));

        assertThatThrownBy(() -> ToldClient.verify(forged.serialize(), client.id()))
                .isInstanceOf(BadJOSEException.class);
    }

    /** Whatever waits is signed by the key of the day on which it is sent. */
    @Test
    @Requirement("RFC8417-4")
    void anEventThatWaitedWhileOurKeysRotatedVerifiesByThoseOfToday() throws Exception {
        TestClient client = told.pushedTo(receiver.replying(TestReceiver.Reply.of(500, "")));
        ToldClient.granted(client);
        String before = receiver.await(1).getFirst().token();
        KeyState.Upcoming upcoming = rotation.rotate().upcoming();
        ToldClient.eventually(
                () -> Call.to("GET", "/.well-known/keys").send().body().contains(upcoming.kid()), true);
        Instant signsFrom = upcoming.signsFrom();
        clock.advance(Duration.between(clock.instant(), signsFrom).plusHours(1));

        receiver.replying(TestReceiver.Reply.ACCEPTED);
        int sent = receiver.pushed().size();
        String after = receiver.await(sent + 1).getLast().token();

        assertThat(SignedJWT.parse(after).getHeader().getKeyID())
                .isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
        assertThat(ToldClient.verify(after, client.id()).getClaims())
                .isEqualTo(SignedJWT.parse(before).getJWTClaimsSet().getClaims());
    }

    private static String subject(String idToken) throws Exception {
        return SignedJWT.parse(idToken).getJWTClaimsSet().getSubject();
    }
}
