package io.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConsentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final AttributeName NAME = new AttributeName("name");
    private static final AttributeName RACE = new AttributeName("race");

    private final PersonId person = PersonId.random();
    private final Terms terms = new Terms(
            GrantId.create(LogNumber.FIRST),
            new ClientId("bank"),
            new PurposeVersion("account_opening", 1),
            new TreeSet<>(Set.of(NAME, RACE)),
            new TreeSet<>(Set.of(RACE)),
            NOW);
    private final Consent.Requested requested = new Consent.Requested(terms, 1, NOW.plusSeconds(600));
    private final Consent.Presented presented = requested.present(person, NOW);

    @Test
    void approvalGrantsEverythingRequestedMinusWhatWasDeclined() {
        assertThat(grant(Set.of()).granted()).containsExactly(NAME, RACE);
        assertThat(grant(Set.of(RACE)).granted()).containsExactly(NAME);
    }

    @Test
    void onlyAnOptionalAttributeCanBeDeclined() {
        assertThatThrownBy(() -> grant(Set.of(NAME))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyWhatIsRequestedCanBeOptional() {
        assertThatThrownBy(() -> new Terms(
                        GrantId.create(LogNumber.FIRST),
                        new ClientId("bank"),
                        new PurposeVersion("account_opening", 1),
                        new TreeSet<>(Set.of(NAME)),
                        new TreeSet<>(Set.of(RACE)),
                        NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyEdgeRaisesTheVersion() {
        Consent.Active granted = grant(Set.of());

        assertThat(presented.version()).isEqualTo(2);
        assertThat(granted.version()).isEqualTo(3);
        assertThat(granted.end(Ending.WITHDRAWN, NOW).version()).isEqualTo(4);
        assertThat(granted.end(Ending.EXPIRED, NOW).version()).isEqualTo(4);
        assertThat(presented.refuse(NOW).version()).isEqualTo(3);
        assertThat(requested.lapse(NOW).version()).isEqualTo(2);
        assertThat(presented.lapse(NOW).version()).isEqualTo(3);
        assertThat(granted.pause(NOW).version()).isEqualTo(4);
        assertThat(granted.pause(NOW).resume().version()).isEqualTo(5);
        Decision less = granted.decision().narrowed(Set.of(RACE), NOW, Shown.NOTHING);
        assertThat(granted.amend(terms, less).version()).isEqualTo(4);
        assertThat(granted.pause(NOW).amend(terms, less).version()).isEqualTo(5);
    }

    @Test
    void whatExpiredEndedWhenItWasToEndAndWhatWasEndedEndedThen() {
        Consent.Active granted = grant(Set.of());
        Instant noticed = granted.expiresAt().plusSeconds(300);

        assertThat(granted.end(Ending.EXPIRED, noticed).endedAt()).isEqualTo(granted.expiresAt());
        assertThat(granted.pause(NOW).end(Ending.EXPIRED, noticed).endedAt()).isEqualTo(granted.expiresAt());
        assertThat(granted.end(Ending.WITHDRAWN, noticed).endedAt()).isEqualTo(noticed);
    }

    @Test
    void expiryBeginsAtTheVeryInstant() {
        Consent.Active granted = grant(Set.of());

        assertThat(granted.hasExpired(granted.expiresAt().minusMillis(1))).isFalse();
        assertThat(granted.hasExpired(granted.expiresAt())).isTrue();
    }

    @Test
    void whatWasGrantedStaysKnownAfterTheEnd() {
        Consent.Ended withdrawn = grant(Set.of(RACE)).end(Ending.WITHDRAWN, NOW);

        assertThat(withdrawn.granted()).containsExactly(NAME);
        assertThat(withdrawn.person()).isEqualTo(person);
    }

    private Consent.Active grant(Set<AttributeName> declined) {
        return presented.grant(declined, NOW, NOW.plus(Duration.ofHours(1)), Shown.NOTHING);
    }
}
