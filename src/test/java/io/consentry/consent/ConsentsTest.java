package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.GrowingLedgerCheck;
import io.consentry.ledger.History;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a consent in the database, with its ledger entries. */
@QuarkusTest
class ConsentsTest {

    @Inject
    DecisionFixture decisions;

    @Inject
    Consents consents;

    @Inject
    ConsentFixture fixture;

    @Inject
    History history;

    @Inject
    GrowingLedgerCheck check;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @AfterEach
    void theLedgerIsSound() {
        assertThat(check.problems()).isEmpty();
    }

    @Test
    void everyEdgeIsAnEntryOfThePerson() {
        GrantId grant = fixture.active(person).terms().grantId();

        made(consents.withdraw(grant, person));

        assertThat(eventsOf(grant)).containsExactly("withdrawn", "granted", "presented");
    }

    @Test
    void presentingAgainToTheSamePersonChangesNothing() {
        GrantId grant = fixture.presented(person).terms().grantId();

        Transition<Consent, Consent.Presented> again = decisions.present(grant, person);

        assertThat(made(again).version()).isEqualTo(2);
        assertThat(eventsOf(grant)).containsExactly("presented");
    }

    @Test
    void aRequestShownToOnePersonIsNotThereForAnother() {
        GrantId grant = fixture.presented(person).terms().grantId();
        PersonId other = fixture.anotherPerson();

        assertThat(decisions.present(grant, other)).isInstanceOf(Transition.NotFound.class);
        assertThat(decisions.refuse(grant, other)).isInstanceOf(Transition.NotFound.class);
        assertThat(decisions.grant(grant, other, ConsentFixture.approval(Duration.ofHours(1))))
                .isInstanceOf(Transition.NotFound.class);
        assertThat(consents.withdraw(grant, other)).isInstanceOf(Transition.NotFound.class);
    }

    @Test
    void anEndedConsentNeverComesBack() {
        GrantId withdrawn = fixture.active(person).terms().grantId();
        made(consents.withdraw(withdrawn, person));
        GrantId refused = fixture.presented(person).terms().grantId();
        made(decisions.refuse(refused, person));

        Stream.of(withdrawn, refused)
                .forEach(grant -> transitions()
                        .forEach(transition ->
                                assertThat(transition.apply(grant, person)).isNotInstanceOf(Transition.Made.class)));
    }

    @Test
    void decliningWhatIsRequiredChangesNothing() {
        GrantId grant = fixture.presented(person).terms().grantId();
        Set<AttributeName> required = Set.of(new AttributeName("name"));

        assertThat(decisions.grant(
                        grant, person, new OpenDecision.Approval(required, Duration.ofHours(1), Shown.NOTHING)))
                .isInstanceOf(Transition.NotPart.class);

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Presented.class);
        assertThat(eventsOf(grant)).containsExactly("presented");
    }

    @Test
    void aRequestThatNobodyDecidedInTimeLapses() {
        Consent.Requested request = consents.request(ConsentFixture.terms(), Duration.ZERO);

        Transition<Consent, Consent.Presented> late =
                decisions.present(request.terms().grantId(), person);

        assertThat(late).isInstanceOf(Transition.NotPossible.class);
        assertThat(consents.find(request.terms().grantId())).get().isInstanceOf(Consent.Lapsed.class);
    }

    @Test
    void aConsentWhoseTimeIsUpExpiresWhenItIsRead() {
        GrantId grant = fixture.presented(person).terms().grantId();
        made(decisions.grant(grant, person, ConsentFixture.approval(Duration.ZERO)));

        Transition<Consent, Consent.Ended> late = consents.withdraw(grant, person);

        assertThat(late).isInstanceOf(Transition.NotPossible.class);
        assertThat(consents.find(grant)).get().extracting(Consent::status).isEqualTo(Status.EXPIRED);
        assertThat(eventsOf(grant)).containsExactly("expired", "granted", "presented");
    }

    private List<BiFunction<GrantId, PersonId, Transition<?, ?>>> transitions() {
        return List.of(
                (grant, who) -> decisions.present(grant, who),
                (grant, who) -> decisions.grant(grant, who, ConsentFixture.approval(Duration.ofHours(1))),
                (grant, who) -> decisions.refuse(grant, who),
                (grant, who) -> consents.withdraw(grant, who));
    }

    private List<String> eventsOf(GrantId grant) {
        return history.of(person, grant, 50).stream()
                .map(recorded -> recorded.event().kind().wire())
                .toList();
    }
}
