package io.consentry.ledger;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever appends for a person at the same moment as others: no number is given twice, none is left out, and nobody waits in a circle. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class PersonNumbersRaceTest {

    private static final int CLIENTS = 64;

    /** Fewer than the pool has connections, which a busy machine opens slowly. */
    private static final int AT_ONCE = Effort.of(12, 28);

    private static final int ROUNDS = Effort.of(1, 50);
    private static final int REVOKED = Effort.of(30, 2000);

    @Inject
    ConsentFixture fixture;

    @Inject
    Consents consents;

    @Inject
    RevocationOrders orders;

    @Inject
    History history;

    @Test
    @Requirement("CX-6")
    void aPersonsNumbersAreDenseWhoeverAppendsBeside() throws Exception {
        PersonId person = fixture.person();
        PersonId another = fixture.anotherPerson();
        var acts = new ArrayList<Callable<Boolean>>();
        for (Consent.Active grant : fixture.active(person, CLIENTS / 2)) {
            acts.add(() -> pauseAndResume(grant));
        }
        for (Consent.Active grant : fixture.active(another, CLIENTS / 2)) {
            acts.add(() -> pauseAndResume(grant));
        }
        for (int i = 0; i < 2; i++) { // each of both persons, the other way round
            var client = new ClientId("race-" + UUID.randomUUID());
            fixture.active(i == 0 ? person : another, REVOKED, () -> client);
            fixture.active(i == 0 ? another : person, REVOKED, () -> client);
            acts.add(() -> revoke(client));
        }

        Collections.shuffle(acts, new Random(64));
        try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Boolean> act : clients.invokeAll(acts)) {
                assertThat(act.get()).isTrue();
            }
        }

        for (PersonId one : List.of(person, another)) {
            long events = history.counts(one).get(LogNumber.FIRST);
            assertThat(history.of(one, OptionalLong.empty(), Integer.MAX_VALUE))
                    .extracting(RecordedEvent::number)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, events).boxed().toList());
        }
    }

    private boolean pauseAndResume(Consent.Active grant) {
        for (int i = 0; i < ROUNDS; i++) {
            made(consents.pause(grant.terms().grantId(), grant.person()));
            made(consents.resume(grant.terms().grantId(), grant.person()));
        }
        return true;
    }

    private boolean revoke(ClientId client) throws InterruptedException {
        RevocationOrder order = orders.place(new Covers.OfClient(client), Reason.COURT_ORDER, "test", Long.MAX_VALUE);
        orders.help(order);
        return true;
    }
}
