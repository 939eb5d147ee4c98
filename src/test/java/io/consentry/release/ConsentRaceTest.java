package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.Amendments;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.DecisionFixture;
import io.consentry.consent.Transition;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.Draft;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every two acts that can meet on one grant, raced thousands of times each, the whole ledger re-verified after each race.
 * The race of release and withdrawal has {@link ReleaseRaceTest} to itself.
 */
@QuarkusTest
@Requirement("CX-RACE-1")
class ConsentRaceTest {

    private static final int PAIRS = Race.PAIRS;
    private static final Set<AttributeName> EMAIL = Set.of(new AttributeName("email"));
    private static final PurposeVersion ONCE = new PurposeVersion("age_check", 1);

    @Inject
    DecisionFixture decisions;

    @Inject
    ConsentFixture fixture;

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    ReleaseCommit commit;

    @Inject
    Ledger ledger;

    @Inject
    GrowingLedgerCheck check;

    private final Map<GrantId, AmendmentId> shown = new ConcurrentHashMap<>();
    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @AfterEach
    void theLedgerIsSound() throws Exception {
        assertThat(check.problems()).isEmpty();
        assertThat(Race.grantsWhoseEntriesStandInAnotherOrderThanTheirCommits()).isZero();
        assertThat(Race.releasesOfWhatWasGrantedBefore()).isZero();
    }

    @Test
    void anAnswerMadeBeforeANarrowingNeverLeavesAfterIt() throws Exception {
        Race race = new Race(PAIRS).run(grants(), this::release, this::narrow);

        // An answer of the old version either went first, or was refused: both made means released, then narrowed.
        bothOrdersWereMet(race.both(), race.onlySecond());
        assertThat(race.onlyFirst()).isZero();
    }

    @Test
    void anAnswerMadeBeforeAnAmendmentNeverLeavesAfterIt() throws Exception {
        Race race = new Race(PAIRS).run(this::withAmendmentsShown, this::release, this::approve);

        bothOrdersWereMet(race.both(), race.onlySecond());
        assertThat(race.onlyFirst())
                .as("an amendment that the person approved was not made")
                .isZero();
        assertThat(shown).as("each was decided").isEmpty();
    }

    @Test
    void nothingIsReleasedWhilePaused() throws Exception {
        Race race = new Race(PAIRS).run(grants(), this::release, this::pause);

        bothOrdersWereMet(race.both(), race.onlySecond());
        assertThat(race.onlyFirst()).isZero();
    }

    @Test
    void oneOfTwoWithdrawalsIsMade() throws Exception {
        Race race = new Race(PAIRS).run(grants(), this::withdraw, this::withdraw);

        bothOrdersWereMet(race.onlyFirst(), race.onlySecond());
        assertThat(race.both()).isZero();
    }

    @Test
    void ofTwoUsesOfAOneTimeGrantOneIsMade() throws Exception {
        Race race = new Race(PAIRS).run(many -> fixture.active(person, many, ONCE), this::release, this::release);

        bothOrdersWereMet(race.onlyFirst(), race.onlySecond());
        assertThat(race.both()).isZero();
    }

    @Test
    void aNarrowingAndAWithdrawalTakeTurns() throws Exception {
        Race race = new Race(PAIRS).run(grants(), this::narrow, this::withdraw);

        bothOrdersWereMet(race.both(), race.onlySecond());
        assertThat(race.onlyFirst()).isZero();
    }

    private static void bothOrdersWereMet(int one, int other) {
        assertThat(one + other).isEqualTo(PAIRS);
        assertThat(one).as("both orders were met").isGreaterThan(PAIRS / 100);
        assertThat(other).as("both orders were met").isGreaterThan(PAIRS / 100);
    }

    private Function<Integer, List<Consent.Active>> grants() {
        return many -> fixture.active(person, many);
    }

    private boolean release(Consent.Active grant) {
        return commit.commit(grant, entry(grant)) instanceof Use.Permitted;
    }

    private List<Consent.Active> withAmendmentsShown(int many) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<Consent.Active> grants = fixture.active(person, many);
            List<AmendmentId> amendments = fixture.amendmentsShown(grants, Set.of(new AttributeName("regadd")));
            IntStream.range(0, many).forEach(i -> shown.put(id(grants.get(i)), amendments.get(i)));
            return grants;
        });
    }

    /** Approves; then nothing of the old version leaves, not even at once afterwards. */
    private boolean approve(Consent.Active grant) {
        AmendmentId amendment = Objects.requireNonNull(shown.remove(id(grant)));
        boolean approved = decisions.approve(amendment, person, Set.of()) instanceof Transition.Made;
        assertThat(release(grant)).as("a release of the old version").isFalse();
        return approved;
    }

    private boolean narrow(Consent.Active grant) {
        return amendments.narrow(id(grant), person, EMAIL) instanceof Transition.Made;
    }

    private boolean pause(Consent.Active grant) {
        return consents.pause(id(grant), person) instanceof Transition.Made;
    }

    private boolean withdraw(Consent.Active grant) {
        return consents.withdraw(id(grant), person) instanceof Transition.Made;
    }

    private Draft entry(Consent.Active grant) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                id(grant),
                grant.version(),
                grant.terms().clientId(),
                Actor.CLIENT);
        return ledger.draft(event, grant.person());
    }

    private static GrantId id(Consent.Active grant) {
        return grant.terms().grantId();
    }
}
