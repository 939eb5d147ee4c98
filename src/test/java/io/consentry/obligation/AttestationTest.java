package io.consentry.obligation;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestResident;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client says, signed, that it has deleted. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-OBLIGE-3")
class AttestationTest {

    @Inject
    Clients clients;

    @Inject
    Obligations obligations;

    @Inject
    Consents consents;

    @Inject
    Uses uses;

    @Inject
    ConsentFixture fixture;

    @Inject
    Ledger ledger;

    @Inject
    History history;

    @Inject
    TestClock clock;

    private PersonId person;
    private TestClient bank;
    private ClientAccess access;
    private GrantId grant;

    @BeforeEach
    void anEndedGrant() {
        person = fixture.person();
        bank = TestClient.ready("harbour-bank");
        access = ClientAccess.of(bank, "deletion_attest");
        Consent.Active active = used(fixture.active(person, new ClientId(bank.id()), "account_opening"));
        grant = active.terms().grantId();
        made(consents.withdraw(grant, person));
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("another key", jwt -> jwt.signedWith(TestClient.ecKey(KeyUse.SIGNATURE))),
                flaw("no signature", Jwt::unsigned),
                flaw("a forged signature", Jwt::forged),
                flaw("another algorithm", jwt -> jwt.header("alg", JWSAlgorithm.RS256.getName())),
                flaw("the type of something else", jwt -> jwt.header("typ", "JWT")),
                flaw("no type", jwt -> jwt.header("typ", null)),
                flaw("a critical header that nobody knows", jwt -> jwt.header("crit", java.util.List.of("x"))),
                flaw("an empty crit", jwt -> jwt.header("crit", java.util.List.of())),
                flaw(
                        "b64 as a critical header",
                        jwt -> jwt.header("crit", java.util.List.of("b64")).header("b64", true)),
                flaw("another client", jwt -> jwt.claim("iss", "orchard-finance")),
                flaw("no issuer", jwt -> jwt.claim("iss", null)),
                flaw("another audience", jwt -> jwt.claim("aud", "https://elsewhere.example")),
                flaw("no audience", jwt -> jwt.claim("aud", null)),
                flaw(
                        "another grant",
                        jwt -> jwt.claim("grant_id", UUID.randomUUID().toString())),
                flaw("no grant", jwt -> jwt.claim("grant_id", null)),
                flaw("no time of deletion", jwt -> jwt.claim("deleted_at", null)),
                flaw("a time of deletion that is none", jwt -> jwt.claim("deleted_at", "yesterday")),
                flaw("a deletion before the last release", jwt -> jwt.shift("deleted_at", -3600)),
                flaw("a deletion to come", jwt -> jwt.shift("deleted_at", 3600)),
                flaw("signed before the end", jwt -> jwt.shift("iat", -3600)),
                flaw("signed in the future", jwt -> jwt.shift("iat", 3600)),
                flaw("never signed", jwt -> jwt.claim("iat", null)),
                flaw("no jti", jwt -> jwt.claim("jti", null)),
                flaw("an empty jti", jwt -> jwt.claim("jti", " ")),
                flaw("a reason to keep that there is not", jwt -> jwt.claim("kept", "we_like_it")));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aFlawedAttestationIsRefusedAndNothingIsRecorded(UnaryOperator<Jwt> flaw) {
        attest(flaw.apply(attestation()).build()).isRefused(400, "invalid_request", "invalid_attestation");

        assertThat(obligations.of(grant)).get().isInstanceOf(Obligation.Open.class);
    }

    @Test
    @Requirement("RFC7515-4.1.9")
    void itsTypIsAMediaType() {
        attest(attestation()
                        .header("typ", "Application/Deletion-Attestation+JWT")
                        .build())
                .is(200);
    }

    @Test
    void whatIsNoJwsIsRefused() {
        for (String body : new String[] {"", "{}", "a.b.c", "....."}) {
            attest(body).isRefused(400, "invalid_request", "invalid_attestation");
        }
        call(grant)
                .header("Content-Type", "application/json")
                .body("{}")
                .send()
                .isRefused(415, "invalid_request", "unsupported_content_type");
    }

    @Test
    void anAttestationIsRecordedOnce() {
        String jws = attestation().build();

        Answer first = attest(jws).is(200);
        clock.advance(Duration.ofMinutes(2));
        Answer again = attest(jws).is(200);
        Answer signedAnew =
                attest(attestation().claim("kept", "legal_claim").build()).is(200);

        assertThat(first.text("state")).isEqualTo("met");
        assertThat(first.text("digest")).matches("[0-9a-f]{64}");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(signedAnew.json()).isEqualTo(first.json());
        assertThat(obligations.of(grant))
                .get()
                .isInstanceOfSatisfying(
                        Obligation.Met.class, met -> assertThat(met.late()).isFalse());
        assertThat(history.of(person, grant, 50))
                .filteredOn(recorded -> recorded.event().kind() == EventKind.DELETION_ATTESTED)
                .singleElement()
                .satisfies(recorded -> {
                    assertThat(recorded.event().actor()).isEqualTo(Actor.CLIENT);
                    assertThat(recorded.event().reason()).hasValue("all_deleted");
                });
    }

    @Test
    void whatIsKeptIsSaid() {
        Answer answer =
                attest(attestation().claim("kept", "legal_obligation").build()).is(200);

        assertThat(answer.text("kept")).isEqualTo("legal_obligation");
        JsonNode told = TestResident.signIn("S7944061B")
                .call("GET", "/consents/" + grant + "/obligations")
                .send()
                .is(200)
                .json()
                .path(0);
        assertThat(told.path("kept").asText()).isEqualTo("legal_obligation");
        assertThat(told.path("deleted_at").asText()).isNotEmpty();
        assertThat(history.of(person, grant, 50).getFirst().event().reason()).hasValue("legal_obligation");
    }

    @Test
    void oneThatComesLateCounts() {
        clock.advance(Duration.ofDays(31));
        access = ClientAccess.of(bank, "deletion_attest");

        attest(attestation().build()).is(200);

        assertThat(obligations.of(grant))
                .get()
                .isInstanceOfSatisfying(
                        Obligation.Met.class, met -> assertThat(met.late()).isTrue());
    }

    @Test
    void anotherClientsGrantAnswersAsOneThatNeverWas() {
        TestClient other = anotherClient();
        ClientAccess others = ClientAccess.of(other, "deletion_attest");
        GrantId never = GrantId.create(LogNumber.FIRST);

        Answer foreign =
                call(others, grant).body(attestation(other, grant).build()).send();
        Answer none =
                call(others, never).body(attestation(other, never).build()).send();

        foreign.isRefused(404, "invalid_request", "grant_not_found");
        none.isRefused(404, "invalid_request", "grant_not_found");
        assertThat(foreign.text("error_description")).isEqualTo(none.text("error_description"));
        assertThat(obligations.of(grant)).get().isInstanceOf(Obligation.Open.class);
        access.call("POST", "/grants/nonsense/deletion-attestation")
                .header("Content-Type", "application/jwt")
                .body(attestation().build())
                .send()
                .isRefused(404, "invalid_request", "grant_not_found");
    }

    @Test
    void anAttestationForOneGrantCannotBeReplayedForAnother() {
        String jws = attestation().build();
        GrantId other = used(fixture.active(person, new ClientId(bank.id()), "account_opening"))
                .terms()
                .grantId();
        made(consents.withdraw(other, person));

        call(other).body(jws).send().isRefused(400, "invalid_request", "invalid_attestation");

        assertThat(obligations.of(other)).get().isInstanceOf(Obligation.Open.class);
    }

    @Test
    @Requirement("CX-OBLIGE-5")
    void aClientIsToldUntilWhenItMustDeleteAndWhetherItHas() {
        Answer before = query(access, grant).send().is(200);
        attest(attestation().build()).is(200);
        Answer after = query(access, grant).send().is(200);

        assertThat(before.text("state")).isEqualTo("open");
        assertThat(before.text("due_at"))
                .isEqualTo(obligations.of(grant).orElseThrow().owed().dueAt().toString());
        assertThat(before.json().has("attested_at")).isFalse();
        assertThat(after.text("state")).isEqualTo("met");
        assertThat(after.json().has("attested_at")).isTrue();
    }

    @Test
    @Requirement("CX-OBLIGE-5")
    void anotherClientIsToldNothing() {
        ClientAccess other = ClientAccess.of(anotherClient(), "deletion_attest");

        query(other, grant).send().isRefused(404, "invalid_request", "grant_not_found");
        query(access, GrantId.create(LogNumber.FIRST)).send().isRefused(404, "invalid_request", "grant_not_found");
    }

    @Test
    @Requirement("CX-OBLIGE-5")
    void whoAsksAfterAGrantWhoseTimeIsUpNeedNotWaitForAnybodyToNotice() {
        GrantId expired = used(fixture.active(person, new ClientId(bank.id()), "account_opening"))
                .terms()
                .grantId();
        clock.advance(Duration.ofMinutes(61));
        ClientAccess later = ClientAccess.of(bank, "deletion_attest");

        assertThat(query(later, expired).send().is(200).text("state")).isEqualTo("open");
    }

    @Test
    void nothingIsOwedUnderAGrantThatStandsOrWasNeverUsed() {
        GrantId standing = used(fixture.active(person, new ClientId(bank.id()), "account_opening"))
                .terms()
                .grantId();
        GrantId unused = fixture.active(person, new ClientId(bank.id()), "account_opening")
                .terms()
                .grantId();
        made(consents.withdraw(unused, person));

        for (GrantId each : new GrantId[] {standing, unused}) {
            call(each)
                    .body(attestation(bank, each).build())
                    .send()
                    .isRefused(409, "invalid_request", "nothing_to_delete");
        }
    }

    @Test
    void aTokenForSomethingElseDoesNotDo() {
        access = ClientAccess.of(bank, "grant_management_query");

        attest(attestation().build()).isRefused(403, "insufficient_scope", "insufficient_scope");
        call(grant)
                .withoutHeader("Authorization")
                .body(attestation().build())
                .send()
                .is(401);
    }

    private Answer attest(String body) {
        return call(grant).body(body).send();
    }

    private Call call(GrantId id) {
        return call(access, id);
    }

    private TestClient anotherClient() {
        return TestClient.registered(
                clients,
                metadata -> metadata.putArray("grant_types")
                        .add("authorization_code")
                        .add("client_credentials"));
    }

    private static Call query(ClientAccess by, GrantId id) {
        return by.call("GET", "/grants/" + id + "/deletion-attestation");
    }

    private static Call call(ClientAccess by, GrantId id) {
        return by.call("POST", "/grants/" + id + "/deletion-attestation").header("Content-Type", "application/jwt");
    }

    private Jwt attestation() {
        return attestation(bank, grant);
    }

    private Jwt attestation(TestClient by, GrantId id) {
        long now = clock.instant().getEpochSecond();
        return by.assertion()
                .header("typ", "deletion-attestation+jwt")
                .claim("sub", null)
                .claim("nbf", null)
                .claim("exp", null)
                .claim("iss", by.id())
                .claim("aud", Service.issuer())
                .claim("iat", now)
                .claim("grant_id", id.toString())
                .claim("deleted_at", now);
    }

    /** Released from once, as the data API does it. */
    private Consent.Active used(Consent.Active active) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                active.terms().grantId(),
                active.version(),
                active.terms().clientId(),
                Actor.CLIENT);
        assertThat(QuarkusTransaction.requiringNew().call(() -> uses.use(active, ledger.draft(event, person))))
                .isInstanceOf(Uses.Use.Permitted.class);
        return active;
    }

    private static Arguments flaw(String name, UnaryOperator<Jwt> change) {
        return Arguments.of(Named.of(name, change));
    }
}
