package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.testing.ScenarioCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.internal.QueryInterpretationCacheStandardImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is done on every release is prepared once. A native query of Hibernate's with a scalar result never finds its own plan
 * again, and looks for it among all that were kept: half of the CPU of a release went there.
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RepeatedQueriesTest {

    private static final int TIMES = 50;

    @Inject
    ConsentFixture fixture;

    @Inject
    Consents consents;

    @Inject
    ReleaseCommit commit;

    @Inject
    Ledger ledger;

    @Inject
    SessionFactory sessions;

    @Test
    void noQueryOfAReleaseOrAWithdrawalIsPreparedEachTime() {
        PersonId person = fixture.person();
        List<Consent.Active> granted = fixture.active(person, TIMES);
        releasedAndWithdrawn(person, granted.getFirst());
        int prepared = preparedQueries();

        granted.subList(1, TIMES).forEach(one -> releasedAndWithdrawn(person, one));

        assertThat(preparedQueries() - prepared).isLessThan(TIMES / 2); // jobs in the background have queries as well
    }

    private int preparedQueries() {
        return ((QueryInterpretationCacheStandardImpl) sessions.unwrap(SessionFactoryImplementor.class)
                        .getQueryEngine()
                        .getInterpretationCache())
                .getNumberOfCachedQueryPlans();
    }

    private void releasedAndWithdrawn(PersonId person, Consent.Active granted) {
        var event = LedgerEvent.of(
                EventKind.RELEASED,
                Instant.now(),
                granted.terms().grantId(),
                granted.version(),
                granted.terms().clientId(),
                Actor.CLIENT);
        assertThat(commit.commit(granted, ledger.draft(event, granted.person())))
                .isInstanceOf(Use.Permitted.class);
        ConsentFixture.made(consents.withdraw(granted.terms().grantId(), person));
    }
}
