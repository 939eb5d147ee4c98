package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.consent.OpenDecision.Approval;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.testing.ScenarioCheck;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is put before a person is decided once, under the lock that it was put there with. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class OpenDecisionTest {

    private static final Approval ALL = ConsentFixture.approval(Duration.ofHours(1));

    @Inject
    Consents consents;

    @Inject
    AmendmentRequests amendments;

    @Inject
    ConsentFixture fixture;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    /** How somebody answers. */
    enum Answer {
        APPROVE(open -> open.approve(ALL)),
        REFUSE(OpenDecision::refuse);

        private final Consumer<OpenDecision> give;

        Answer(Consumer<OpenDecision> give) {
            this.give = give;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoKeepsItBeyondItsTransactionDecidesNothing(Answer answer) {
        GrantId grant = fixture.requested().terms().grantId();
        OpenDecision kept = QuarkusTransaction.requiringNew().call(() -> put(grant));

        assertThatThrownBy(() -> answer.give.accept(kept)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> answer.give.accept(kept)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Presented.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionWithinAnotherDoesNotDecideForIt(Answer answer) {
        GrantId grant = fixture.requested().terms().grantId();

        QuarkusTransaction.requiringNew().run(() -> {
            OpenDecision open = put(grant);
            assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> answer.give.accept(open)))
                    .isInstanceOf(IllegalStateException.class);
        });

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Presented.class);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeOfAGrantThatIsKeptChangesNothing(Answer answer) {
        Consent.Active given = fixture.active(person);
        AmendmentId shown = QuarkusTransaction.requiringNew()
                .call(() -> fixture.amendmentsShown(List.of(given), Set.of(new AttributeName("regadd"))))
                .getFirst();
        OpenDecision kept = QuarkusTransaction.requiringNew()
                .call(() -> open(amendments.present(given.terms().grantId(), shown, person)));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> answer.give.accept(kept)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(consents.find(given.terms().grantId())).contains(given);
        assertThat(amendments.find(shown)).get().isInstanceOf(Amendment.Presented.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDecidedIsNotDecidedAgain(Answer answer) {
        GrantId grant = fixture.requested().terms().grantId();

        QuarkusTransaction.requiringNew().run(() -> {
            OpenDecision open = put(grant);
            open.approve(ALL);
            assertThatThrownBy(() -> answer.give.accept(open)).isInstanceOf(IllegalStateException.class);
        });

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Active.class);
    }

    @Test
    void whatMayNotBeDeclinedLeavesItOpen() {
        GrantId grant = fixture.requested().terms().grantId();

        QuarkusTransaction.requiringNew().run(() -> {
            OpenDecision open = put(grant);
            assertThat(open.approve(
                            new Approval(Set.of(new AttributeName("name")), Duration.ofHours(1), Shown.NOTHING)))
                    .isEmpty();
            open.refuse();
        });

        assertThat(consents.find(grant)).get().isInstanceOf(Consent.Refused.class);
    }

    @Test
    void aChangeOfAnotherGrantIsNotThere() {
        Consent.Active given = fixture.active(person);
        GrantId other = fixture.active(person).terms().grantId();
        AmendmentId shown = QuarkusTransaction.requiringNew()
                .call(() -> fixture.amendmentsShown(List.of(given), Set.of(new AttributeName("regadd"))))
                .getFirst();

        assertThat(QuarkusTransaction.requiringNew().call(() -> amendments.present(other, shown, person)))
                .isInstanceOf(Transition.NotFound.class);
    }

    private OpenDecision put(GrantId grant) {
        return open(consents.present(grant, person));
    }

    private static OpenDecision open(Transition<?, OpenDecision> presented) {
        return ((Transition.Made<?, OpenDecision>) presented).state();
    }
}
