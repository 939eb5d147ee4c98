package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transition from every state: those that are legal are made, all others are refused and change nothing. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-LIFE-1")
class ConsentLifeTest {

    private static final Set<AttributeName> EMAIL = Set.of(new AttributeName("email"));

    private static final Set<String> DECIDING = Set.of("grant", "refuse");
    private static final Set<String> STANDING =
            Set.of("withdraw", "revoke", "relinquish", "invalidate", "narrow", "ask to amend", "amend");

    /** What is done with a grant, and recorded, but is no edge of its life. */
    private static final Set<String> NO_EDGE = Set.of("use", "ask to amend");

    private static final PurposeVersion ONCE = new PurposeVersion("age_check", 1);

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    Uses uses;

    @Inject
    Ledger ledger;

    @Inject
    TestClock clock;

    @Inject
    ConsentFixture fixture;

    @Inject
    DecisionFixture decisions;

    @Inject
    History history;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    static Stream<Arguments> everyTransitionFromEveryState() {
        return states().keySet().stream()
                .flatMap(state -> transitions().keySet().stream().map(transition -> Arguments.of(state, transition)));
    }

    @ParameterizedTest
    @MethodSource("everyTransitionFromEveryState")
    @Requirement("CX-LIFE-2")
    void onlyALegalTransitionIsMade(String state, String transition) {
        GrantId grant = states().get(state).apply(this);
        Consent before = consents.find(grant).orElseThrow();

        boolean made = transitions().get(transition).test(this, grant);

        Consent after = consents.find(grant).orElseThrow();
        boolean legal = isLegal(state, transition);
        assertThat(made).isEqualTo(legal);
        if (!legal) {
            assertThat(after).isEqualTo(before);
        }
        assertThat(after.version()).isEqualTo(before.version() + (legal ? edges(state, transition) : 0));
    }

    /** Whoever decides is shown what they decide on first. */
    private static int edges(String state, String transition) {
        if (NO_EDGE.contains(transition)) {
            return 0;
        }
        return state.equals("requested") && DECIDING.contains(transition) ? 2 : 1;
    }

    @Test
    @Requirement("CX-LIFE-2")
    void noStateIsLeftOut() {
        List<Consent> reached = states().values().stream()
                .map(state -> consents.find(state.apply(this)).orElseThrow())
                .toList();

        assertThat(reached.stream().map(Consent::getClass).collect(Collectors.toSet()))
                .isEqualTo(leaves(Consent.class));
        assertThat(reached.stream()
                        .filter(Consent.Ended.class::isInstance)
                        .map(ended -> ((Consent.Ended) ended).ending())
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Ending.class));
    }

    /** Everything that a value of a sealed type can be. */
    static Set<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(each -> leaves(each).stream())
                        .collect(Collectors.toSet())
                : Set.of(type);
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

        assertThat(amendments.narrow(grant, person, Set.of(new AttributeName("race"))))
                .isInstanceOf(Transition.NotPart.class);
        assertThat(amendments.narrow(grant, person, Set.of())).isInstanceOf(Transition.NotPart.class);
        assertThat(amendments.narrow(grant, person, active.granted())).isInstanceOf(Transition.NotPart.class);
        assertThat(consents.find(grant)).contains(active);
    }

    @Test
    void anotherPersonOrClientFindsNothing() {
        GrantId grant = fixture.active(person).terms().grantId();
        PersonId other = fixture.anotherPerson();

        assertThat(consents.pause(grant, other)).isInstanceOf(Transition.NotFound.class);
        assertThat(consents.resume(grant, other)).isInstanceOf(Transition.NotFound.class);
        assertThat(amendments.narrow(grant, other, EMAIL)).isInstanceOf(Transition.NotFound.class);
        assertThat(consents.relinquish(grant, new ClientId("plain-lender"))).isInstanceOf(Transition.NotFound.class);
    }

    private static boolean isLegal(String state, String transition) {
        return switch (state) {
            case "requested" -> transition.equals("present") || DECIDING.contains(transition);
            case "presented" -> DECIDING.contains(transition);
            case "active" ->
                STANDING.contains(transition) || Set.of("pause", "use").contains(transition);
            case "paused" -> STANDING.contains(transition) || transition.equals("resume");
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
        states.put("lapsed before anybody saw it", test -> test.later("requested", Duration.ofMinutes(11)));
        states.put("lapsed", test -> test.later("presented", Duration.ofMinutes(11)));
        states.put("expired", test -> test.later("active", Duration.ofHours(2)));
        states.put("expired while paused", test -> test.later("paused", Duration.ofHours(2)));
        states.put("used up", test -> {
            GrantId grant =
                    test.fixture.active(test.person, 1, ONCE).getFirst().terms().grantId();
            assertThat(test.use(grant)).isTrue();
            return grant;
        });
        states.put("damaged", test -> {
            GrantId grant = test.fixture.active(test.person).terms().grantId();
            test.damage(grant);
            return grant;
        });
        return states;
    }

    private static Map<String, BiPredicate<ConsentLifeTest, GrantId>> transitions() {
        var changes = new LinkedHashMap<String, BiFunction<ConsentLifeTest, GrantId, Transition<?, ?>>>();
        changes.put("present", (test, grant) -> test.presentAnew(grant));
        changes.put(
                "grant",
                (test, grant) ->
                        test.decisions.grant(grant, test.person, ConsentFixture.approval(Duration.ofHours(1))));
        changes.put("refuse", (test, grant) -> test.decisions.refuse(grant, test.person));
        changes.put("pause", (test, grant) -> test.consents.pause(grant, test.person));
        changes.put("resume", (test, grant) -> test.consents.resume(grant, test.person));
        changes.put("narrow", (test, grant) -> test.amendments.narrow(grant, test.person, EMAIL));
        changes.put("withdraw", (test, grant) -> test.consents.withdraw(grant, test.person));
        changes.put("relinquish", (test, grant) -> test.consents.relinquish(grant, new ClientId("harbour-bank")));
        changes.put("revoke", (test, grant) -> test.consents.revoke(grant, Reason.FRAUD_SUSPECTED));
        changes.put("invalidate", (test, grant) -> test.consents.invalidate(grant, Reason.SUBJECT_DECEASED));
        var transitions = new LinkedHashMap<String, BiPredicate<ConsentLifeTest, GrantId>>();
        changes.forEach((name, change) ->
                transitions.put(name, (test, grant) -> change.apply(test, grant) instanceof Transition.Made));
        transitions.put("use", ConsentLifeTest::use);
        transitions.put("ask to amend", (test, grant) -> test.ask(grant).isPresent());
        transitions.put("amend", ConsentLifeTest::amend);
        return transitions;
    }

    private boolean use(GrantId grant) {
        Consent consent = consents.find(grant).orElseThrow();
        // Prepared as somebody would who believes that it is in force.
        Consent.Active prepared = consent instanceof Consent.Active active ? active : believed(consent);
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                grant,
                prepared.version(),
                consent.terms().clientId(),
                Actor.CLIENT);
        return QuarkusTransaction.requiringNew().call(() -> uses.use(prepared, ledger.draft(event, person)))
                instanceof Uses.Use.Permitted;
    }

    private Consent.Active believed(Consent consent) {
        Decision decision = consent instanceof Consent.Given given
                ? given.decision()
                : Decision.first(
                        person,
                        new TreeSet<>(consent.terms().requested()),
                        Instant.now(),
                        Instant.now().plusSeconds(60),
                        Shown.NOTHING);
        return new Consent.Active(consent.terms(), consent.version(), decision, Usage.NONE);
    }

    private Optional<AmendmentId> ask(GrantId grant) {
        Terms terms = consents.find(grant).orElseThrow().terms();
        var wish = new AmendmentRequests.Wish(
                grant, terms.clientId(), AmendmentRequests.Mode.MERGE, terms.purpose(), EMAIL, Set.of());
        return fixture.asked(wish, Duration.ofMinutes(10)).map(Amendment::id);
    }

    private boolean amend(GrantId grant) {
        return ask(grant)
                .filter(id -> decisions.approve(id, person, Set.of()) instanceof Transition.Made)
                .isPresent();
    }

    private GrantId later(String state, Duration time) {
        GrantId grant = states().get(state).apply(this);
        clock.advance(time);
        consents.settle(grant);
        clock.reset();
        return grant;
    }

    private void damage(GrantId grant) {
        try (Connection owner = TestDatabase.asOwner();
                Statement hand = owner.createStatement()) {
            hand.execute(
                    "update consent set expires_at = expires_at + interval '1 day' where grant_id = '" + grant + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presenting a request again to its own person is no transition; to another it is refused. */
    private Transition<?, ?> presentAnew(GrantId grant) {
        return consents.find(grant).orElseThrow() instanceof Consent.Presented
                ? decisions.present(grant, fixture.anotherPerson())
                : decisions.present(grant, person);
    }

    private GrantId after(String state, String transition) {
        GrantId grant = states().get(state).apply(this);
        assertThat(transitions().get(transition).test(this, grant)).isTrue();
        return grant;
    }
}
