package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.ledger.LedgerCheck;
import io.consentry.requirement.Requirement;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transition from every state: those that are legal are made, all others are refused and change nothing. */
@QuarkusTest
@Requirement("CX-LIFE-1")
class ConsentLifeTest {

    private static final Set<AttributeName> EMAIL = Set.of(new AttributeName("email"));

    private static final Set<String> DECIDING = Set.of("grant", "refuse");
    private static final Set<String> ENDING = Set.of("withdraw", "revoke", "relinquish", "invalidate", "narrow");

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    ConsentFixture fixture;

    @Inject
    History history;

    @Inject
    LedgerCheck check;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @AfterEach
    void theLedgerIsSound() {
        assertThat(check.check().problems()).isEmpty();
    }

    static Stream<Arguments> everyTransitionFromEveryState() {
        return states().keySet().stream()
                .flatMap(state -> transitions().keySet().stream().map(transition -> Arguments.of(state, transition)));
    }

    @ParameterizedTest
    @MethodSource("everyTransitionFromEveryState")
    void onlyALegalTransitionIsMade(String state, String transition) {
        GrantId grant = states().get(state).apply(this);
        Consent before = consents.find(grant).orElseThrow();

        Change<?> change = transitions().get(transition).apply(this, grant);

        Consent after = consents.find(grant).orElseThrow();
        if (isLegal(state, transition)) {
            assertThat(change).isInstanceOf(Change.Made.class);
            assertThat(after.version()).isEqualTo(before.version() + 1);
        } else {
            assertThat(change).isNotInstanceOf(Change.Made.class);
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void everyEdgeSaysWhoAndWhy() {
        GrantId grant = fixture.active(person).terms().grantId();
        made(consents.pause(grant, person));
        made(consents.resume(grant, person));
        made(amendments.narrow(grant, person, EMAIL));
        made(consents.revoke(grant, Reason.COURT_ORDER));

        assertThat(history.of(person, grant, 50))
                .extracting(recorded -> recorded.event().kind().wire() + " by "
                        + recorded.event().actor() + ": "
                        + recorded.event().reason().orElseThrow())
                .containsExactly(
                        "revoked by OPERATOR: court_order",
                        "amended by PERSON: person_narrowed",
                        "superseded by PERSON: superseded_by_amendment",
                        "resumed by PERSON: person_resumed",
                        "paused by PERSON: person_paused",
                        "granted by PERSON: person_approved",
                        "presented by SERVICE: person_signed_in");
    }

    @Test
    void narrowingMakesARecordThatPointsToTheOneBefore() {
        GrantId grant = fixture.active(person).terms().grantId();

        Consent.Standing narrowed = made(amendments.narrow(grant, person, EMAIL));

        assertThat(narrowed.granted()).doesNotContainAnyElementsOf(EMAIL);
        assertThat(consents.records(grant)).hasSize(2);
        ConsentRecord now = consents.records(grant).getFirst();
        ConsentRecord before = consents.records(grant).getLast();
        assertThat(now.decision()).isEqualTo(narrowed.decision());
        assertThat(now.decision().previous()).contains(before.decision().recordId());
        assertThat(now.since(before).removed()).isEqualTo(Set.copyOf(EMAIL));
        assertThat(now.since(before).added()).isEmpty();
    }

    @Test
    void whatWasNotGrantedCannotBeTakenBackAndNeitherCanAllOfIt() {
        Consent.Active active = fixture.active(person);
        GrantId grant = active.terms().grantId();

        assertThatThrownBy(() -> amendments.narrow(grant, person, Set.of(new AttributeName("race"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amendments.narrow(grant, person, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> amendments.narrow(grant, person, active.granted()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(consents.find(grant)).contains(active);
    }

    @Test
    void anotherPersonOrClientFindsNothing() {
        GrantId grant = fixture.active(person).terms().grantId();
        PersonId other = fixture.anotherPerson();

        assertThat(consents.pause(grant, other)).isInstanceOf(Change.NotFound.class);
        assertThat(consents.resume(grant, other)).isInstanceOf(Change.NotFound.class);
        assertThat(amendments.narrow(grant, other, EMAIL)).isInstanceOf(Change.NotFound.class);
        assertThat(consents.relinquish(grant, new ClientId("plain-lender"))).isInstanceOf(Change.NotFound.class);
    }

    private static boolean isLegal(String state, String transition) {
        return switch (state) {
            case "requested" -> transition.equals("present");
            case "presented" -> DECIDING.contains(transition);
            case "active" -> ENDING.contains(transition) || transition.equals("pause");
            case "paused" -> ENDING.contains(transition) || transition.equals("resume");
            default -> false;
        };
    }

    private static Map<String, Function<ConsentLifeTest, GrantId>> states() {
        var states = new LinkedHashMap<String, Function<ConsentLifeTest, GrantId>>();
        states.put("requested", test -> test.fixture.requested().terms().grantId());
        states.put(
                "presented", test -> test.fixture.presented(test.person).terms().grantId());
        states.put("active", test -> test.fixture.active(test.person).terms().grantId());
        states.put("paused", test -> test.after("active", "pause"));
        states.put("refused", test -> test.after("presented", "refuse"));
        states.put("withdrawn", test -> test.after("active", "withdraw"));
        states.put("revoked", test -> test.after("paused", "revoke"));
        states.put("relinquished", test -> test.after("active", "relinquish"));
        states.put("invalidated", test -> test.after("active", "invalidate"));
        return states;
    }

    private static Map<String, BiFunction<ConsentLifeTest, GrantId, Change<?>>> transitions() {
        var transitions = new LinkedHashMap<String, BiFunction<ConsentLifeTest, GrantId, Change<?>>>();
        transitions.put("present", (test, grant) -> test.presentAnew(grant));
        transitions.put(
                "grant",
                (test, grant) -> test.consents.grant(grant, test.person, ConsentFixture.approval(Duration.ofHours(1))));
        transitions.put("refuse", (test, grant) -> test.consents.refuse(grant, test.person));
        transitions.put("pause", (test, grant) -> test.consents.pause(grant, test.person));
        transitions.put("resume", (test, grant) -> test.consents.resume(grant, test.person));
        transitions.put("narrow", (test, grant) -> test.amendments.narrow(grant, test.person, EMAIL));
        transitions.put("withdraw", (test, grant) -> test.consents.withdraw(grant, test.person));
        transitions.put("relinquish", (test, grant) -> test.consents.relinquish(grant, new ClientId("harbour-bank")));
        transitions.put("revoke", (test, grant) -> test.consents.revoke(grant, Reason.FRAUD_SUSPECTED));
        transitions.put("invalidate", (test, grant) -> test.consents.invalidate(grant, Reason.SUBJECT_DECEASED));
        return transitions;
    }

    /** Presenting a request again to its own person is no transition; to another it is refused. */
    private Change<?> presentAnew(GrantId grant) {
        return consents.find(grant).orElseThrow() instanceof Consent.Presented
                ? consents.present(grant, fixture.anotherPerson())
                : consents.present(grant, person);
    }

    private GrantId after(String state, String transition) {
        GrantId grant = states().get(state).apply(this);
        made(transitions().get(transition).apply(this, grant));
        return grant;
    }
}
