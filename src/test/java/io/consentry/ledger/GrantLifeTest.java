package io.consentry.ledger;

import static io.consentry.ledger.EventKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which lives of a grant whoever verifies the ledger takes for possible. */
class GrantLifeTest {

    private static final GrantId GRANT = new GrantId(UUID.randomUUID());

    private static final EnumSet<EventKind> ENDS_OF_A_GIVEN =
            EnumSet.of(WITHDRAWN, REVOKED, RELINQUISHED, INVALIDATED, EXPIRED);

    /** What may happen while a grant stands, whether it is paused or not. */
    private static final EnumSet<EventKind> WHILE_IT_STANDS =
            union(ENDS_OF_A_GIVEN, EnumSet.of(AMENDMENT_REQUESTED, AMENDMENT_PRESENTED, SUPERSEDED, AMENDED, REMINDED));

    /** What may be said of a grant for ever, once it was given. */
    private static final EnumSet<EventKind> EVER_AFTER = EnumSet.of(
            AMENDMENT_REFUSED,
            AMENDMENT_LAPSED,
            RELEASE_REFUSED,
            RELEASE_ABORTED,
            NOTICE_SENT,
            NOTICE_ACKNOWLEDGED,
            NOTICE_REFUSED);

    /** By the way to a state: all that may follow there. */
    private static final Map<List<EventKind>, EnumSet<EventKind>> LEGAL = Map.of(
            List.of(), EnumSet.of(REQUESTED),
            List.of(REQUESTED), EnumSet.of(PRESENTED, REFUSED, LAPSED),
            List.of(REQUESTED, PRESENTED), EnumSet.of(GRANTED, REFUSED, LAPSED),
            List.of(REQUESTED, PRESENTED, GRANTED),
                    union(WHILE_IT_STANDS, EVER_AFTER, EnumSet.of(PAUSED, EXHAUSTED, RELEASED)),
            List.of(REQUESTED, PRESENTED, GRANTED, PAUSED), union(WHILE_IT_STANDS, EVER_AFTER, EnumSet.of(RESUMED)),
            List.of(REQUESTED, PRESENTED, GRANTED, PAUSED, RESUMED),
                    union(WHILE_IT_STANDS, EVER_AFTER, EnumSet.of(PAUSED, EXHAUSTED, RELEASED)),
            List.of(REQUESTED, PRESENTED, GRANTED, WITHDRAWN),
                    union(EVER_AFTER, EnumSet.of(DELETION_ATTESTED, DELETION_OVERDUE)));

    @Test
    void nothingFollowsThatCouldNotHaveHappened() {
        LEGAL.forEach((way, legal) -> {
            for (EventKind next : EventKind.values()) {
                GrantLife life = live(way).then(event(next, way.size() + 1));

                assertThat(life.problem().isEmpty())
                        .as("%s after %s", next, way)
                        .isEqualTo(legal.contains(next));
            }
        });
    }

    @Test
    void everyEndIsOne() {
        for (EventKind end : ENDS_OF_A_GIVEN) {
            GrantLife life = live(List.of(REQUESTED, PRESENTED, GRANTED, end));

            assertThat(life.then(event(RELEASED, 5)).problem()).contains("released after ENDED");
        }
        assertThat(live(List.of(REQUESTED, PRESENTED, GRANTED, EXHAUSTED, RELEASED))
                        .problem())
                .isPresent();
        assertThat(live(List.of(REQUESTED, PRESENTED, REFUSED, GRANTED)).problem())
                .isPresent();
        assertThat(live(List.of(REQUESTED, LAPSED, PRESENTED)).problem()).isPresent();
    }

    @Test
    void whatChangesAGrantHasAHigherVersionThanAllBefore() {
        GrantLife granted = live(List.of(REQUESTED, PRESENTED, GRANTED));

        assertThat(granted.then(event(PAUSED, 3)).problem()).contains("paused of version 3 after 3");
        assertThat(granted.then(event(AMENDED, 3)).problem()).contains("amended of version 3 after 3");
        assertThat(granted.then(event(AMENDED, 4)).then(event(AMENDED, 4)).problem())
                .contains("amended of version 4 after 4");
        assertThat(granted.then(event(AMENDED, 4)).then(event(AMENDED, 5)).problem())
                .isEmpty();
        assertThat(granted.then(event(RELEASED, 3)).problem()).isEmpty();
        assertThat(granted.then(event(RELEASED, 9)).then(event(PAUSED, 4)).problem())
                .isEmpty();
    }

    @Test
    void onlyReleasesAreUses() {
        GrantLife life = live(List.of(REQUESTED, PRESENTED, GRANTED))
                .then(event(RELEASED, 3))
                .then(event(RELEASE_ABORTED, 3))
                .then(event(RELEASE_REFUSED, 3))
                .then(event(RELEASED, 3));

        assertThat(life)
                .isInstanceOfSatisfying(
                        GrantLife.At.class, at -> assertThat(at.uses()).isEqualTo(2));
    }

    @Test
    void aLifeThatWasImpossibleOnceStaysSo() {
        GrantLife impossible = GrantLife.NONE.then(event(GRANTED, 1));

        assertThat(impossible.then(event(REQUESTED, 2)).problem()).isEqualTo(Optional.of("granted after NONE"));
    }

    private static GrantLife live(List<EventKind> way) {
        GrantLife life = GrantLife.NONE;
        for (int i = 0; i < way.size(); i++) {
            life = life.then(event(way.get(i), i + 1));
        }
        return life;
    }

    private static LedgerEvent event(EventKind kind, int version) {
        return LedgerEvent.of(kind, Instant.EPOCH, GRANT, version, new ClientId("bank"), Actor.SERVICE);
    }

    @SafeVarargs
    private static EnumSet<EventKind> union(EnumSet<EventKind>... sets) {
        EnumSet<EventKind> all = EnumSet.noneOf(EventKind.class);
        Arrays.stream(sets).forEach(all::addAll);
        return all;
    }
}
