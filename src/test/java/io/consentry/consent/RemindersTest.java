package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.database.Batches;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.NationalId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.History;
import io.consentry.person.Persons;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People are reminded of grants that live long. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RemindersTest {

    private static final Duration QUARTER = Duration.ofDays(90);

    @Inject
    DecisionFixture decisions;

    @Inject
    Reminders reminders;

    @Inject
    ReminderJob job;

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    Persons persons;

    @Inject
    History history;

    @Inject
    TestClock clock;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = persons.enrol(new NationalId("S8812378F"));
    }

    @Test
    @Requirement("CX-REMIND-1")
    void aYoungGrantAndOneThatEndsSoonAreNotRemindedOf() {
        GrantId young = granted("account_review");
        clock.advance(QUARTER.minusMinutes(1));
        GrantId shortLived = granted("account_opening");

        job.record();

        assertThat(reminders.of(person)).noneMatch(each -> each.grant().equals(young));
        assertThat(reminders.of(person)).noneMatch(each -> each.grant().equals(shortLived));
        assertThat(count(young)).isZero();
    }

    @Test
    @Requirement("CX-REMIND-1")
    void aGrantIsRemindedOfEveryNinetyDaysAndEachTimeOnce() {
        GrantId grant = granted("account_review");

        for (int quarter = 1; quarter <= 4; quarter++) {
            clock.advance(QUARTER);
            job.record();
            job.record();
            assertThat(count(grant)).isEqualTo(quarter);
            assertThat(of(grant)).hasSize(1);
            assertThat(of(grant).getFirst().nextAt())
                    .isEqualTo(of(grant).getFirst().remindedAt().plus(QUARTER));
        }
    }

    /** Judged when somebody looks, whether or not the job has been by. */
    @Test
    @Requirement("CX-REMIND-1")
    void aReminderThatIsDueIsThereBeforeItsEntry() {
        GrantId grant = granted("account_review");
        clock.advance(QUARTER);

        List<Reminders.Reminder> seen = of(grant);

        assertThat(seen).hasSize(1);
        assertThat(count(grant)).isZero();
    }

    @Test
    @Requirement("CX-REMIND-1")
    void ofManyThatRecordTheSameReminderOneDoes() throws Exception {
        GrantId grant = granted("account_review");
        clock.advance(QUARTER);
        var all = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> {
                reminders.record(grant);
                return null;
            });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        }

        assertThat(count(grant)).isEqualTo(1);
    }

    @Test
    @Requirement("CX-REMIND-1")
    void anEndedGrantIsNotRemindedOfAndAFreshDecisionStartsTheCountAnew() {
        GrantId ended = granted("account_review");
        GrantId amended = granted("account_review");
        clock.advance(QUARTER.minusDays(1));
        consents.withdraw(ended, person);
        made(amendments.narrow(amended, person, Set.of(new AttributeName("email"))));
        clock.advance(Duration.ofDays(2));

        job.record();

        assertThat(of(ended)).isEmpty();
        assertThat(of(amended)).isEmpty();
        assertThat(count(ended) + count(amended)).isZero();
    }

    /** As many as a look finds of those that cannot be recorded do not hide the ones behind them. */
    @Test
    @Requirement("CX-REMIND-1")
    void eachLookGoesOnBehindTheLast() {
        GrantId one = granted("account_review");
        GrantId other = granted("account_review");
        clock.advance(QUARTER);
        var found = new ArrayList<GrantId>();

        Batches.walk(new GrantId(new UUID(0, 0)), after -> reminders.due(after, 1), found::add);

        assertThat(found).contains(one, other).doesNotHaveDuplicates();
    }

    private GrantId granted(String purpose) {
        var names = new TreeSet<>(Set.of(new AttributeName("name"), new AttributeName("email")));
        Instant now = clock.instant();
        var terms = new Terms(
                GrantId.create(LogNumber.FIRST),
                new ClientId("harbour-bank"),
                new PurposeVersion(purpose, 1),
                names,
                new TreeSet<>(),
                now);
        consents.request(terms, Duration.ofMinutes(10));
        made(decisions.grant(terms.grantId(), person, ConsentFixture.approval(Duration.ofDays(365))));
        return terms.grantId();
    }

    private List<Reminders.Reminder> of(GrantId grant) {
        return reminders.of(person).stream()
                .filter(each -> each.grant().equals(grant))
                .toList();
    }

    private long count(GrantId grant) {
        return history.of(person, grant, 100).stream()
                .filter(recorded -> recorded.event().kind().wire().equals("reminded"))
                .count();
    }
}
