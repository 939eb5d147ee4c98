package io.consentry.obligation;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.Purpose.Keeping;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.Consent;
import io.consentry.consent.Ending;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.consent.Usage;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is owed, until when, and what can become of it. */
class ObligationTest {

    private static final Instant GRANTED = Instant.parse("2027-12-30T10:00:00Z");
    private static final Instant RELEASED = Instant.parse("2027-12-31T10:00:00Z");
    private static final Instant ENDED = Instant.parse("2028-01-15T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "WITHDRAWN, P5Y, P30D, 2028-02-14T10:00:00Z",
        "REVOKED, P5Y, P14D, 2028-01-29T10:00:00Z",
        "RELINQUISHED, P5Y, P0D, 2028-01-15T10:00:00Z",
        "INVALIDATED, P5Y, P1M, 2028-02-15T10:00:00Z",
        // An end never makes the retention period longer.
        "WITHDRAWN, P20D, P30D, 2028-01-20T10:00:00Z",
        // The last day of February in a leap year.
        "EXPIRED, P2M, P30D, 2028-02-29T10:00:00Z",
        "EXPIRED, P1D, P30D, 2028-01-01T10:00:00Z",
        "EXHAUSTED, P1Y, P1D, 2028-12-31T10:00:00Z",
    })
    @Requirement("CX-OBLIGE-1")
    void theDayFollowsFromTheEndAndThePurpose(Ending ending, Period retention, Period deleteWithin, Instant due) {
        Optional<Owed> owed = Owed.of(ended(ending, true), Optional.of(new Keeping(retention, deleteWithin)));

        assertThat(owed).get().extracting(Owed::dueAt).isEqualTo(due);
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void nothingReleasedIsNothingOwed() {
        assertThat(Owed.of(ended(Ending.WITHDRAWN, false), Optional.empty())).isEmpty();
    }

    @Test
    @Requirement("CX-OBLIGE-1")
    void underAForgottenPurposeAllIsDueAtOnce() {
        assertThat(Owed.of(ended(Ending.EXPIRED, true), Optional.empty()))
                .get()
                .extracting(Owed::dueAt)
                .isEqualTo(ENDED);
    }

    @Test
    @Requirement("CX-OBLIGE-2")
    void itIsOverdueFromTheDayItself() {
        Owed owed = owed();

        assertThat(Obligation.unmet(owed, owed.dueAt().minusMillis(1))).isInstanceOf(Obligation.Open.class);
        assertThat(Obligation.unmet(owed, owed.dueAt())).isInstanceOf(Obligation.Overdue.class);
    }

    @Test
    @Requirement("CX-OBLIGE-3")
    void anAttestationThatComesLateCounts() {
        Owed owed = owed();
        Obligation.Open open = new Obligation.Open(owed);

        Obligation.Met inTime = open.meet(attestation(owed.dueAt()));
        Obligation.Met late = open.lapse().meet(attestation(owed.dueAt().plus(Duration.ofDays(1))));

        assertThat(inTime.late()).isFalse();
        assertThat(late.late()).isTrue();
    }

    @Test
    void eachStateOffersOnlyWhatIsLegal() {
        assertThat(transitions(Obligation.Open.class)).containsExactlyInAnyOrder("lapse", "meet");
        assertThat(transitions(Obligation.Overdue.class)).containsExactlyInAnyOrder("meet");
        assertThat(transitions(Obligation.Met.class)).isEmpty();
    }

    private static Set<String> transitions(Class<? extends Obligation> state) {
        var names = new TreeSet<String>();
        Arrays.stream(state.getMethods())
                .filter(method -> Obligation.class.isAssignableFrom(method.getReturnType()))
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .forEach(method -> names.add(method.getName()));
        return names;
    }

    private static Attestation attestation(Instant at) {
        return new Attestation(at, at, Optional.empty(), "a".repeat(64));
    }

    private static Owed owed() {
        return Owed.of(ended(Ending.WITHDRAWN, true), Optional.of(new Keeping(Period.ofYears(5), Period.ofDays(30))))
                .orElseThrow();
    }

    private static Consent.Ended ended(Ending ending, boolean used) {
        var terms = new Terms(
                GrantId.create(LogNumber.FIRST),
                new ClientId("harbour-bank"),
                new PurposeVersion("account_opening", 1),
                new TreeSet<>(),
                new TreeSet<>(),
                GRANTED);
        Consent.Active active = new Consent.Presented(terms, 2, ENDED, new PersonId(UUID.randomUUID()), GRANTED)
                .grant(Set.of(), GRANTED, ENDED, Shown.NOTHING);
        Usage usage = used ? new Usage(1, Optional.of(RELEASED), 0, 1) : Usage.NONE;
        return new Consent.Ended(terms, active.version() + 1, active.decision(), usage, ending, ENDED);
    }
}
