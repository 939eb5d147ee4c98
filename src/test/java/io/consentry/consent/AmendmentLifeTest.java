package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.consent.AmendmentRequests.Wish;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every transition of an amendment from every state, and what each does to the grant. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class AmendmentLifeTest {

    private static final ClientId BANK = new ClientId("harbour-bank");
    private static final PurposeVersion OPENING = new PurposeVersion("account_opening", 1);

    @Inject
    DecisionFixture decisions;

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    AmendmentRequests requests;

    @Inject
    ConsentFixture fixture;

    @Inject
    History history;

    @Inject
    TestClock clock;

    private PersonId person;
    private Consent.Active before;
    private GrantId grant;

    @BeforeEach
    void aGrant() {
        person = fixture.person();
        before = fixture.active(person);
        grant = before.terms().grantId();
    }

    static Stream<Arguments> everyTransitionFromEveryState() {
        return states().keySet().stream()
                .flatMap(state -> transitions().keySet().stream().map(transition -> Arguments.of(state, transition)));
    }

    @Test
    @Requirement("CX-LIFE-2")
    void noStateOfAnAmendmentIsLeftOut() {
        assertThat(states().entrySet().stream()
                        .map(state ->
                                requests.find(state.getValue().apply(this)).orElseThrow())
                        .map(Amendment::getClass)
                        .collect(Collectors.toSet()))
                .isEqualTo(ConsentLifeTest.leaves(Amendment.class));
    }

    @ParameterizedTest
    @MethodSource("everyTransitionFromEveryState")
    @Requirement("CX-AMEND-3")
    @Requirement("CX-LIFE-2")
    void onlyALegalTransitionIsMade(String state, String transition) {
        AmendmentId id = states().get(state).apply(this);
        Amendment was = requests.find(id).orElseThrow();
        Consent stood = consents.find(grant).orElseThrow();
        boolean legal = state.equals("requested") || state.equals("presented");

        Transition<?, ?> outcome = transitions().get(transition).apply(this, id);

        assertThat(outcome instanceof Transition.Made).isEqualTo(legal);
        if (!legal) {
            assertThat(requests.find(id)).contains(was);
        }
        if (!legal || !transition.equals("approve")) {
            assertThat(consents.find(grant)).contains(stood);
        }
    }

    @Test
    @Requirement("CX-AMEND-2")
    void anApprovedAmendmentIsANewRecordThatPointsToTheOneBefore() {
        AmendmentId id = presented();

        decisions.approve(id, person, names("email"));

        var now = (Consent.Active) consents.find(grant).orElseThrow();
        assertThat(now.version()).isEqualTo(before.version() + 1);
        assertThat(now.decision().generation()).isEqualTo(2);
        assertThat(now.decision().previous()).contains(before.decision().recordId());
        assertThat(now.decision().firstDecidedAt()).isEqualTo(before.decision().firstDecidedAt());
        assertThat(now.granted()).isEqualTo(names("name", "noa", "sex", "regadd"));
        assertThat(Duration.between(now.grantedAt(), now.expiresAt())).isEqualTo(Duration.ofHours(24));
        assertThat(consents.records(grant)).hasSize(2);
        assertThat(history.of(person, grant, 4))
                .extracting(recorded -> recorded.event().kind().wire() + " by "
                        + recorded.event().actor() + ": "
                        + recorded.event().reason().orElseThrow())
                .containsExactly(
                        "amended by PERSON: person_amended",
                        "superseded by PERSON: superseded_by_amendment",
                        "amendment_presented by SERVICE: person_signed_in",
                        "amendment_requested by CLIENT: client_asked");
    }

    @Test
    @Requirement("CX-AMEND-5")
    void aPausedGrantIsAmendedAndStaysPaused() {
        made(consents.pause(grant, person));

        decisions.approve(presented(), person, Set.of());

        var paused = (Consent.Paused) consents.find(grant).orElseThrow();
        assertThat(paused.granted()).contains(new AttributeName("regadd"));
    }

    @Test
    @Requirement("CX-AMEND-5")
    void mergingKeepsWithinTheTemplate() {
        var wish = new Wish(grant, BANK, Mode.MERGE, OPENING, names("chas"), Set.of());

        Amendment.Requested asked = fixture.asked(wish, Duration.ofMinutes(10)).orElseThrow();

        assertThat(asked.ask().terms().requested()).isEqualTo(before.granted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested", "presented"})
    @Requirement("CX-AMEND-1")
    void anotherPersonEndsTheRequestAndNothingElse(String state) {
        AmendmentId id = states().get(state).apply(this);

        Transition<Amendment, Amendment.Presented> outcome = decisions.present(id, fixture.anotherPerson());

        assertThat(outcome).isInstanceOf(Transition.NotPossible.class);
        assertThat(requests.find(id).orElseThrow()).isInstanceOf(Amendment.Refused.class);
        assertThat(consents.find(grant)).contains(before);
        assertThat(history.of(person, grant, 1).getFirst().event().reason()).contains("another_person_came");
    }

    @Test
    @Requirement("CX-AMEND-3")
    void aNarrowedGrantVoidsTheRequestsMadeBefore() {
        AmendmentId id = presented();
        made(amendments.narrow(grant, person, names("email")));
        Consent narrowed = consents.find(grant).orElseThrow();

        Transition<Amendment, Amendment.Approved> outcome = decisions.approve(id, person, Set.of());

        assertThat(outcome).isInstanceOf(Transition.NotPossible.class);
        assertThat(requests.find(id).orElseThrow()).isInstanceOf(Amendment.Overtaken.class);
        assertThat(consents.find(grant)).contains(narrowed);
        assertThat(history.of(person, grant, 1).getFirst().event().reason()).contains("grant_changed_meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdraw", "relinquish", "revoke", "invalidate", "expire"})
    @Requirement("CX-LIFE-2")
    void whateverEndsAGrantVoidsItsOpenAmendments(String how) {
        AmendmentId id = requested(Duration.ofDays(2));
        decisions.present(id, person);
        switch (how) {
            case "withdraw" -> made(consents.withdraw(grant, person));
            case "relinquish" -> made(consents.relinquish(grant, BANK));
            case "revoke" -> made(consents.revoke(grant, Reason.COURT_ORDER));
            case "invalidate" -> made(consents.invalidate(grant, Reason.SUBJECT_DECEASED));
            default -> clock.advance(Duration.ofHours(2));
        }

        assertThat(decisions.approve(id, person, Set.of())).isInstanceOf(Transition.NotPossible.class);

        assertThat(requests.find(id).orElseThrow()).isInstanceOf(Amendment.Overtaken.class);
        assertThat(consents.find(grant).orElseThrow()).isInstanceOf(Consent.Ended.class);
        assertThat(consents.records(grant)).hasSize(1);
    }

    @Test
    @Requirement("CX-AMEND-3")
    void whatNobodyDecidesOnLapses() {
        AmendmentId id = presented();

        clock.advance(Duration.ofMinutes(10));

        assertThat(decisions.approve(id, person, Set.of())).isInstanceOf(Transition.NotPossible.class);
        assertThat(requests.find(id).orElseThrow()).isInstanceOf(Amendment.Lapsed.class);
        assertThat(consents.find(grant)).contains(before);
    }

    @Test
    @Requirement("CX-AMEND-5")
    void whatIsRequiredCannotBeDeclined() {
        AmendmentId id = presented();

        assertThat(decisions.approve(id, person, names("regadd"))).isInstanceOf(Transition.NotPart.class);

        assertThat(consents.find(grant)).contains(before);
    }

    @Test
    @Requirement("CX-AMEND-3")
    void anotherClientOrPurposeAsksForNothing() {
        for (Wish wish : new Wish[] {
            new Wish(grant, new ClientId("plain-lender"), Mode.MERGE, OPENING, names("regadd"), Set.of()),
            new Wish(grant, BANK, Mode.MERGE, new PurposeVersion("tenancy", 1), names("regadd"), Set.of()),
            new Wish(GrantId.create(LogNumber.FIRST), BANK, Mode.MERGE, OPENING, names("regadd"), Set.of())
        }) {
            assertThat(fixture.asked(wish, Duration.ofMinutes(10))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requested = array_append(requested, 'race')",
                "optional = '{}'",
                "generation = 7",
                "state = 'requested', presented_at = null",
                "lapses_at = lapses_at + interval '1 day'",
                "seal = ''"
            })
    @Requirement("CX-SEAL-1")
    void aRowThatWasChangedBehindTheServicesBackIsNotFound(String change) throws SQLException {
        AmendmentId id = presented();

        sql("update amendment set " + change + " where id = '" + id + "'");

        assertThat(requests.find(id)).isEmpty();
        assertThat(decisions.approve(id, person, Set.of())).isInstanceOf(Transition.NotFound.class);
        assertThat(consents.find(grant)).contains(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "refuse"})
    @Requirement("CX-SEAL-2")
    void anAmendmentThatIsOpenedAgainByHandIsNotFound(String decided) throws SQLException {
        AmendmentId id = presented();
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement hand = superuser.createStatement()) {
            hand.execute("create temporary table before as select * from amendment where id = '" + id + "'");
            assertThat(transitions().get(decided).apply(this, id)).isInstanceOf(Transition.Made.class);
            Consent stood = consents.find(grant).orElseThrow();

            hand.execute("update amendment a set state = b.state, record_id = b.record_id, closed_at = b.closed_at,"
                    + " seal = b.seal from before b where a.id = b.id");

            assertThat(requests.find(id)).isEmpty();
            assertThat(decisions.approve(id, person, Set.of())).isInstanceOf(Transition.NotFound.class);
            assertThat(consents.find(grant)).contains(stood);
        }
    }

    @Test
    @Requirement("CX-SEAL-2")
    void anAmendmentThatWasShownIsNotTakenBackToBeforeByHand() throws SQLException {
        AmendmentId id = requested();
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement hand = superuser.createStatement()) {
            hand.execute("create temporary table before as select * from amendment where id = '" + id + "'");
            decisions.present(id, person);

            hand.execute("update amendment a set state = b.state, presented_at = b.presented_at, seal = b.seal"
                    + " from before b where a.id = b.id");

            assertThat(requests.find(id)).isEmpty();
        }
    }

    private AmendmentId requested() {
        return requested(Duration.ofMinutes(10));
    }

    private AmendmentId requested(Duration timeToDecide) {
        var wish = new Wish(grant, BANK, Mode.MERGE, OPENING, names("regadd"), names("email"));
        return fixture.asked(wish, timeToDecide).orElseThrow().id();
    }

    private AmendmentId presented() {
        AmendmentId id = requested();
        decisions.present(id, person);
        return id;
    }

    private static Map<String, Function<AmendmentLifeTest, AmendmentId>> states() {
        var states = new LinkedHashMap<String, Function<AmendmentLifeTest, AmendmentId>>();
        states.put("requested", AmendmentLifeTest::requested);
        states.put("presented", AmendmentLifeTest::presented);
        states.put("approved", test -> test.after("approve"));
        states.put("refused", test -> test.after("refuse"));
        states.put("lapsed", test -> {
            AmendmentId id = test.presented();
            test.clock.advance(Duration.ofMinutes(11));
            test.requests.settle(id);
            return id;
        });
        states.put("overtaken", test -> {
            AmendmentId id = test.presented();
            made(test.consents.withdraw(test.grant, test.person));
            test.requests.settle(id);
            return id;
        });
        return states;
    }

    private AmendmentId after(String transition) {
        AmendmentId id = presented();
        assertThat(transitions().get(transition).apply(this, id)).isInstanceOf(Transition.Made.class);
        return id;
    }

    private static Map<String, BiFunction<AmendmentLifeTest, AmendmentId, Transition<?, ?>>> transitions() {
        var transitions = new LinkedHashMap<String, BiFunction<AmendmentLifeTest, AmendmentId, Transition<?, ?>>>();
        transitions.put("present", (test, id) -> test.decisions.present(id, test.person));
        transitions.put("approve", (test, id) -> test.decisions.approve(id, test.person, Set.of()));
        transitions.put("refuse", (test, id) -> test.decisions.refuse(id, test.person));
        return transitions;
    }

    private static TreeSet<AttributeName> names(String... names) {
        return Stream.of(names).map(AttributeName::new).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                Statement run = owner.createStatement()) {
            run.execute(statement);
        }
    }
}
