package io.consentry.consent;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.key.MasterKey;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast the entries follow an order, against ending the same grants one by one in the same run:
 * {@code ./mvnw test -Dtest=RevocationBenchTest -Dconsentry.bench.grants=100000}. Half of the grants were used, and so
 * leave an obligation; four belong to a person. Made in bulk, with seals and the entry of the decision; the order comes when all
 * of that has its index and the database has tidied up. The result lies in {@code target/revocation-bench.json}.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "consentry.bench.grants", matches = "[0-9]+")
class RevocationBenchTest {

    private static final int GRANTS = Integer.getInteger("consentry.bench.grants", 0);
    private static final int ONE_BY_ONE = Math.min(GRANTS, 2000);
    private static final int CHUNK = 2000;
    private static final int GRANTS_OF_A_PERSON = 4;

    @Inject
    RevocationOrders orders;

    @Inject
    OrderStore orderStore;

    @Inject
    Consents consents;

    @Inject
    ManyConsents many;

    @Inject
    MasterKey master;

    @Inject
    StatelessSession session;

    @Test
    void theEntriesOfAnOrderAreWrittenFasterThanOneByOne() throws Exception {
        List<GrantId> single = make(ONE_BY_ONE, new ClientId("bench-" + UUID.randomUUID()));
        var client = new ClientId("bench-" + UUID.randomUUID());
        make(GRANTS, client);
        untilAllHaveAnIndex();
        vacuum();

        long begin = System.nanoTime();
        single.forEach(grant -> made(consents.revoke(grant, Reason.CLIENT_REMOVED)));
        double oneByOne = perSecond(ONE_BY_ONE, begin);

        begin = System.nanoTime();
        RevocationOrder order =
                orders.place(new Covers.OfClient(client), Reason.CLIENT_REMOVED, "bench", Long.MAX_VALUE);
        double placing = seconds(begin);
        begin = System.nanoTime();
        orders.help(order);
        double writing = seconds(begin);

        RevocationOrders.Progress progress = orders.progress(order.id()).orElseThrow();
        assertThat(progress.completedAt()).isPresent();
        assertThat(progress.ended()).isEqualTo(GRANTS);
        long waiting = withoutIndex();
        untilAllHaveAnIndex();
        double indexed = seconds(begin);
        String result = String.format(
                Locale.ROOT,
                "{\"grants\": %d, \"placing_seconds\": %.3f, \"writing_seconds\": %.1f, \"grants_per_second\": %.0f,"
                        + " \"one_by_one_per_second\": %.0f, \"ratio\": %.1f, \"entries_without_index\": %d,"
                        + " \"indexed_seconds\": %.1f,"
                        + " \"shared_lock_micros\": %.0f, \"processors\": %d}%n",
                GRANTS,
                placing,
                writing,
                GRANTS / writing,
                oneByOne,
                GRANTS / writing / oneByOne,
                waiting,
                indexed,
                sharedLockMicros(),
                Runtime.getRuntime().availableProcessors());
        Files.writeString(Path.of("target", "revocation-bench.json"), result);
        System.out.print(result);
        assertThat(GRANTS / writing).isGreaterThan(oneByOne);
    }

    /** Entries that wait for their place in the log. */
    private long withoutIndex() {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery("select count(*) from ledger_staged", Long.class)
                        .getSingleResult());
    }

    private void untilAllHaveAnIndex() throws InterruptedException {
        while (withoutIndex() > 0) {
            Thread.sleep(100);
        }
    }

    /** As the database's own housekeeping leaves what is older than some minutes. */
    private static void vacuum() throws SQLException {
        try (Connection superuser = TestDatabase.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    /** What the lock adds to each release: one statement. */
    private double sharedLockMicros() {
        int times = 2000;
        return QuarkusTransaction.requiringNew().call(() -> {
            orderStore.holdOff();
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                orderStore.holdOff();
            }
            return seconds(begin) * 1e6 / times;
        });
    }

    private List<GrantId> make(int number, ClientId client) {
        var made = new ArrayList<GrantId>();
        for (int left = number; left > 0; left -= CHUNK) {
            int chunk = Math.min(left, CHUNK);
            made.addAll(QuarkusTransaction.requiringNew().call(() -> makeChunk(chunk, client)));
        }
        return made;
    }

    private List<GrantId> makeChunk(int number, ClientId client) {
        List<PersonId> persons = persons((number + GRANTS_OF_A_PERSON - 1) / GRANTS_OF_A_PERSON);
        List<Consent.Active> grants = IntStream.range(0, number)
                .mapToObj(i -> active(client, persons.get(i / GRANTS_OF_A_PERSON), i % 2 == 0))
                .toList();
        many.write(grants);
        return grants.stream().map(grant -> grant.terms().grantId()).toList();
    }

    private static Consent.Active active(ClientId client, PersonId person, boolean used) {
        Terms usual = ConsentFixture.terms();
        var terms = new Terms(
                usual.grantId(), client, usual.purpose(), usual.requested(), usual.optional(), usual.requestedAt());
        Consent.Active active = ManyConsents.approved(terms, person, Duration.ofHours(20));
        return used ? active.used(new Usage(1, Optional.of(terms.requestedAt()), 0, 1)) : active;
    }

    private List<PersonId> persons(int number) {
        List<PersonId> persons = java.util.stream.Stream.generate(() -> new PersonId(UUID.randomUUID()))
                .limit(number)
                .toList();
        session.doWork(connection -> insert(persons, connection));
        return persons;
    }

    private void insert(List<PersonId> persons, Connection connection) throws SQLException {
        try (PreparedStatement person = connection.prepareStatement("insert into person values (?, ?, ?, ?)");
                PreparedStatement key =
                        connection.prepareStatement("insert into person_key (person_id, wrapped) values (?, ?)")) {
            for (PersonId each : persons) {
                key.setObject(1, each.value());
                key.setBytes(2, master.wrap(master.newDataKey(), "person/" + each));
                key.addBatch();
                person.setObject(1, each.value());
                person.setBytes(2, each.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                person.setBytes(3, new byte[40]);
                person.setTimestamp(4, Timestamp.from(Instant.now()));
                person.addBatch();
            }
            key.executeBatch();
            person.executeBatch();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double perSecond(int number, long begin) {
        return number / seconds(begin);
    }
}
