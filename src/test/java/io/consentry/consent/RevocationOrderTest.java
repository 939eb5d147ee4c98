package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.client.Clients;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.History;
import io.consentry.ledger.RecordedEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One order ends many grants at once, and their entries follow. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class RevocationOrderTest {

    private static final String PURPOSE = "account_opening";

    @Inject
    RevocationOrders orders;

    @Inject
    RevocationWriter writer;

    @Inject
    OrderStore store;

    @Inject
    Clients clients;

    @Inject
    Consents consents;

    @Inject
    ConsentFixture fixture;

    @Inject
    History history;

    @Inject
    StatelessSession session;

    @Inject
    TestClock clock;

    private final ClientId client = new ClientId("order-" + UUID.randomUUID());
    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void anOrderEndsEveryGrantOfItsClientAtOnce() {
        GrantId active = grant(PURPOSE);
        GrantId paused = grant(PURPOSE);
        made(consents.pause(paused, person));
        GrantId open = fixture.requested().terms().grantId();
        GrantId anothers = fixture.active(person).terms().grantId();

        RevocationOrder order =
                orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE);

        assertThat(Stream.of(active, paused).map(this::find)).allSatisfy(consent -> {
            assertThat(consent).isInstanceOfSatisfying(Consent.Ended.class, ended -> {
                assertThat(ended.ending()).isEqualTo(Ending.REVOKED);
                assertThat(ended.endedAt()).isEqualTo(order.placedAt());
            });
        });
        assertThat(consents.resume(paused, person)).isInstanceOf(Transition.NotPossible.class);
        assertThat(consents.withdraw(active, person)).isInstanceOf(Transition.NotPossible.class);
        assertThat(find(open)).isInstanceOf(Consent.Requested.class);
        assertThat(find(anothers)).isInstanceOf(Consent.Active.class);
        RecordedEvent last = events(active).getFirst();
        assertThat(last.event().kind()).isEqualTo(EventKind.REVOKED);
        assertThat(last.event().reason()).hasValue("client_removed");
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void anOrderThatWouldEndMoreThanWasConfirmedEndsNothing() {
        GrantId one = grant(PURPOSE);
        grant(PURPOSE);

        assertThatThrownBy(() -> orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", 1))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        refused -> assertThat(refused.fault().detail()).contains("Now there are 2"));

        assertThat(find(one)).isInstanceOf(Consent.Active.class);
        orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", 2);
        assertThat(find(one)).isInstanceOf(Consent.Ended.class);
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void anOrderEndsEveryGrantOfAPurposeAtEveryClient() {
        GrantId one = grant("tenancy");
        GrantId other = fixture.active(person, new ClientId("other-" + UUID.randomUUID()), "tenancy")
                .terms()
                .grantId();
        GrantId forSomethingElse = grant(PURPOSE);

        orders.place(new Covers.OfPurpose("tenancy"), Reason.PURPOSE_TEMPLATE_WITHDRAWN, "test", Long.MAX_VALUE);

        assertThat(find(one).status()).isEqualTo(Status.REVOKED);
        assertThat(find(other).status()).isEqualTo(Status.REVOKED);
        assertThat(find(forSomethingElse)).isInstanceOf(Consent.Active.class);
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void listsSeeItBeforeAnyEntryIsWritten() {
        GrantId grant = grant(PURPOSE);
        QuarkusTransaction.begin();
        try {
            orders.place(new Covers.OfClient(client), Reason.COURT_ORDER, "test", Long.MAX_VALUE);

            // Within the order's own transaction nobody else can have written anything.
            assertThat(consents.of(person))
                    .filteredOn(held -> held.consent().terms().grantId().equals(grant))
                    .extracting(HeldConsent::status)
                    .containsExactly(Status.REVOKED);
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(find(grant)).isInstanceOf(Consent.Active.class);
    }

    @Test
    @Requirement("CX-REVOKE-3")
    void aGrantGivenAfterwardsStands() {
        orders.place(new Covers.OfClient(client), Reason.SECURITY_INCIDENT, "test", Long.MAX_VALUE);
        // A clock that is behind makes the later grant look older than the order.
        clock.advance(Duration.ofMinutes(-5));

        GrantId later = grant(PURPOSE);

        assertThat(find(later)).isInstanceOf(Consent.Active.class);
    }

    @Test
    @Requirement("CX-REVOKE-3")
    void aGrantGivenBeforeEndsAlthoughItsClockWasAhead() {
        clock.advance(Duration.ofMinutes(5));
        GrantId earlier = grant(PURPOSE);
        clock.reset();

        orders.place(new Covers.OfClient(client), Reason.SECURITY_INCIDENT, "test", Long.MAX_VALUE);

        assertThat(find(earlier).status()).isEqualTo(Status.REVOKED);
    }

    @Test
    @Requirement("CX-REVOKE-1")
    void whatHadExpiredStaysExpired() {
        GrantId grant = grant(PURPOSE);
        clock.advance(Duration.ofHours(2));

        orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE);

        assertThat(find(grant).status()).isEqualTo(Status.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"PERSON_WITHDREW", "CLIENT_ASKED", "LAST_PERMITTED_RELEASE"})
    @Requirement("CX-REVOKE-1")
    void onlyAReasonOfAnOfficeEndsAnything(Reason reason) {
        GrantId grant = grant(PURPOSE);

        assertThatThrownBy(() -> orders.place(new Covers.OfClient(client), reason, "test", Long.MAX_VALUE))
                .hasStackTraceContaining("no reason for an office");

        assertThat(find(grant)).isInstanceOf(Consent.Active.class);
    }

    @Test
    @Requirement("CX-REVOKE-2")
    void theEntryOfEveryGrantIsWrittenOnce() throws InterruptedException {
        List<GrantId> grants = Stream.generate(() -> grant(PURPOSE)).limit(40).toList();
        made(consents.pause(grants.get(3), person));
        RevocationOrder order =
                orders.place(new Covers.OfClient(client), Reason.FRAUD_SUSPECTED, "test", Long.MAX_VALUE);
        // Some are written by whoever reads them first.
        grants.subList(0, 5).forEach(this::find);

        writer.follow(order);
        writer.follow(order);

        RevocationOrders.Progress progress = orders.progress(order.id()).orElseThrow();
        assertThat(progress.completedAt()).isPresent();
        assertThat(progress.expected()).isEqualTo(40);
        assertThat(progress.ended()).isBetween(35L, 40L); // all, if the job was quicker than whoever reads
        assertThat(grants)
                .allSatisfy(grant -> assertThat(events(grant))
                        .filteredOn(recorded -> recorded.event().kind() == EventKind.REVOKED)
                        .singleElement()
                        .satisfies(recorded -> {
                            assertThat(recorded.event().reason()).hasValue("fraud_suspected");
                            assertThat(recorded.event().version())
                                    .isEqualTo(find(grant).version());
                        }));
    }

    @Test
    @Requirement("CX-REVOKE-2")
    void aClientThatRegisteredForEventsIsToldOfEachGrant() throws Exception {
        var told = new ClientId(TestClient.registered(clients, metadata -> {}).id());
        sql("insert into ledger_follower (client_id) values ('" + told + "')");
        for (int i = 0; i < 5; i++) {
            fixture.active(person, told, PURPOSE);
        }

        orders.help(orders.place(new Covers.OfClient(told), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE));

        long notices = QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery(
                                "select count(*) from (select client_id, kind from notice union all select client_id, kind"
                                        + " from ledger_outbox) as told where client_id = :client and kind = 'revoked'",
                                Long.class)
                        .setParameter("client", told.value())
                        .getSingleResult());
        assertThat(notices).isEqualTo(5);
    }

    /** Several batches, and the connection of one node is cut within one of them. */
    @Test
    @Requirement("CX-REVOKE-2")
    void nodesShareTheWorkAndOneThatIsCutOffInABatchLosesNothing() throws Exception {
        int number = 2 * RevocationWriter.BATCH + 500;
        fixture.active(person, number, () -> client);
        long before = entries(number);
        RevocationOrder order =
                orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE);

        cutOffTheOneThatWritesRow(RevocationWriter.BATCH / 2);
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            Callable<Void> node = () -> {
                writer.follow(order);
                return null;
            };
            for (Future<Void> each : nodes.invokeAll(List.of(node, node, node))) {
                each.get();
            }
            assertThat(wasCutOff()).isTrue();
            writer.follow(order);
        } finally {
            sql("drop trigger cut_off on consent; drop function cut_off(); drop sequence rows_written");
        }

        RevocationOrders.Progress progress = orders.progress(order.id()).orElseThrow();
        assertThat(progress.completedAt()).isPresent();
        assertThat(progress.ended()).isEqualTo(number);
        assertThat(entries(number)).as("one entry more of each").isEqualTo(before + 1);
    }

    /** How many each of the client's grants has; fails if one has more or fewer than another. */
    private long entries(int grants) throws SQLException {
        String each = "from (select count(*) as entries from ledger_event join consent using (grant_id)"
                + " where client_id = '" + client + "' group by grant_id) as grants";
        assertThat(number("select count(*) " + each)).isEqualTo(grants);
        long most = number("select max(entries) " + each);
        assertThat(number("select min(entries) " + each)).isEqualTo(most);
        return most;
    }

    /** The sequence counts on whatever is rolled back, so that it happens once. */
    private void cutOffTheOneThatWritesRow(int row) throws SQLException {
        sql("create sequence rows_written");
        sql("""
                create function cut_off() returns trigger language plpgsql security definer as $$
                begin
                    if nextval('rows_written') = %d then
                        perform pg_terminate_backend(pg_backend_pid());
                    end if;
                    return new;
                end $$""".formatted(row));
        sql("create trigger cut_off before update on consent for each row when (old.client_id = '" + client
                + "') execute function cut_off()");
    }

    private static boolean wasCutOff() throws SQLException {
        return number("select last_value from rows_written") > RevocationWriter.BATCH / 2;
    }

    @Test
    @Requirement("CX-REVOKE-2")
    void aDamagedRowHoldsUpNothingAndIsLeftAsItIs() throws Exception {
        GrantId damaged = grant(PURPOSE);
        GrantId sound = grant(PURPOSE);
        sql("update consent set expires_at = expires_at + interval '1 year' where grant_id = '" + damaged + "'");
        RevocationOrder order =
                orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "test", Long.MAX_VALUE);

        writer.follow(order);

        assertThat(orders.progress(order.id()).orElseThrow().completedAt()).isPresent();
        assertThat(find(damaged)).isInstanceOf(Consent.Damaged.class);
        assertThat(find(sound).status()).isEqualTo(Status.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason = 'COURT_ORDER'", "placed_at = now() + interval '1 day'", "placed_by = 'nobody'"})
    @Requirement("CX-REVOKE-4")
    void underAnOrderThatWasChangedNothingIsReleased(String change) throws SQLException {
        GrantId grant = grant(PURPOSE);
        long id = QuarkusTransaction.requiringNew().call(() -> {
            long next = store.nextId();
            session.createNativeMutationQuery("insert into revocation_order"
                            + " (id, client_id, reason, placed_by, placed_at, seal)"
                            + " values (:id, :client, 'CLIENT_REMOVED', 'test', now(), '')")
                    .setParameter("id", next)
                    .setParameter("client", client.value())
                    .executeUpdate();
            return next;
        });
        sql("update revocation_order set " + change + " where id = " + id);

        assertThat(find(grant)).isInstanceOf(Consent.Damaged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update revocation_order set client_id = 'x', purpose = null", "delete from revocation_order"})
    @Requirement("CX-REVOKE-4")
    void theServiceItselfMayNotChangeAnOrder(String statement) {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew()
                        .run(() -> session.createNativeMutationQuery(statement).executeUpdate()))
                .hasStackTraceContaining("permission denied");
    }

    private GrantId grant(String purpose) {
        return fixture.active(person, client, purpose).terms().grantId();
    }

    private Consent find(GrantId grant) {
        return consents.find(grant).orElseThrow();
    }

    private List<RecordedEvent> events(GrantId grant) {
        return history.of(person, grant, 50);
    }

    private static long number(String query) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement each = superuser.createStatement();
                ResultSet row = each.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement each = superuser.createStatement()) {
            each.execute(statement);
        }
    }
}
