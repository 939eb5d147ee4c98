package io.consentry.obligation;

import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.Ending;
import io.consentry.kernel.GrantId;
import io.consentry.testing.SealedDoor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The door behind the sealed rows of this package: an obligation is believed, or it counts as overdue. */
@ApplicationScoped
public class SealedObligations {

    private final ObligationStore store;
    private final Consents consents;
    private final ConsentFixture fixture;

    SealedObligations(ObligationStore store, Consents consents, ConsentFixture fixture) {
        this.store = store;
        this.consents = consents;
        this.fixture = fixture;
    }

    public SealedDoor obligation() {
        return new SealedDoor(
                "obligation",
                "grant_id",
                id -> "'" + id + "'",
                owed(),
                owed(),
                UUID.randomUUID().toString(),
                id -> QuarkusTransaction.requiringNew()
                        .call(() -> store.lock(new GrantId(UUID.fromString(id))).map(ObligationStore.Locked::isSound))
                        .orElse(false));
    }

    private String owed() {
        Consent.Active grant = fixture.active(fixture.person());
        consents.withdraw(grant.terms().grantId(), grant.person());
        Instant now = store.now();
        var owed = new Owed(
                grant.terms().grantId(),
                grant.decision().recordId(),
                grant.version() + 1,
                grant.terms().clientId(),
                grant.person(),
                Ending.WITHDRAWN,
                now,
                now,
                now.plus(Duration.ofDays(30)));
        QuarkusTransaction.requiringNew().run(() -> store.insert(List.of(owed)));
        return grant.terms().grantId().toString();
    }
}
