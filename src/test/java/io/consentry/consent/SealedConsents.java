package io.consentry.consent;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.testing.SealedDoor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The doors behind the sealed rows of this package. */
@ApplicationScoped
public class SealedConsents {

    private final Consents consents;
    private final AmendmentStore amendments;
    private final OrderStore orders;
    private final RevocationOrders placing;
    private final ConsentFixture fixture;

    SealedConsents(
            Consents consents,
            AmendmentStore amendments,
            OrderStore orders,
            RevocationOrders placing,
            ConsentFixture fixture) {
        this.consents = consents;
        this.amendments = amendments;
        this.orders = orders;
        this.placing = placing;
        this.fixture = fixture;
    }

    public SealedDoor consent() {
        return byId(
                "consent",
                "grant_id",
                grant(),
                grant(),
                id -> consents.find(new GrantId(UUID.fromString(id)))
                        .filter(Consent.Active.class::isInstance)
                        .isPresent());
    }

    /** Found by its grant: a decision that is not this grant's is in no history of it. */
    public SealedDoor record() {
        return byId(
                "consent_record",
                "grant_id",
                grant(),
                grant(),
                id -> !consents.records(new GrantId(UUID.fromString(id))).isEmpty());
    }

    public SealedDoor amendment() {
        List<AmendmentId> shown = fixture.amendmentsShown(
                List.of(fixture.active(fixture.person()), fixture.active(fixture.person())),
                ConsentMapping.names(new String[] {"email"}));
        return byId(
                "amendment",
                "id",
                shown.getFirst().toString(),
                shown.getLast().toString(),
                id -> QuarkusTransaction.requiringNew()
                        .call(() -> amendments.find(new AmendmentId(UUID.fromString(id))))
                        .isPresent());
    }

    public SealedDoor order() {
        List<Long> placed = Stream.of("first", "second")
                .map(name -> placing.place(
                                new RevocationOrder.Covers.OfClient(new ClientId("sealed-" + UUID.randomUUID())),
                                Reason.COURT_ORDER,
                                name,
                                0)
                        .id())
                .toList();
        return new SealedDoor(
                "revocation_order",
                "id",
                id -> id,
                placed.getFirst().toString(),
                placed.getLast().toString(),
                Long.toString(-placed.getFirst()),
                id -> QuarkusTransaction.requiringNew()
                        .call(() -> orders.find(Long.parseLong(id)))
                        .isPresent());
    }

    private String grant() {
        return fixture.active(fixture.person()).terms().grantId().toString();
    }

    private static SealedDoor byId(String table, String key, String own, String other, Predicate<String> opens) {
        return new SealedDoor(
                table, key, id -> "'" + id + "'", own, other, UUID.randomUUID().toString(), opens);
    }
}
