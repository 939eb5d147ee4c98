package io.consentry.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.kernel.ServiceClock;
import io.consentry.requirement.Requirement;
import io.consentry.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Our keys follow each other. Each node here has a clock of its own to go through months with, and the one database of all
 * tests; afterwards that is as if the keys it holds had been there for a day.
 */
@QuarkusTest
class KeyRotationTest {

    private static final Duration STEP = Duration.ofMinutes(10);

    @Inject
    SigningKeyRows rows;

    @Inject
    RotationSettings settings;

    @Inject
    StatelessSession session;

    private final Clock clock = new Clock();

    private static final class Clock implements ServiceClock {

        private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Now now(Instant read) {
            return new Now(now, now);
        }

        @Override
        public boolean isSteady() {
            return true;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }

    /** A node, as far as keys go. */
    private final class Node {

        private final SigningKeys keys = new SigningKeys(rows, clock);
        private final KeyRotation rotation = new KeyRotation(rows, keys, settings, clock);

        Node() {
            keys.read();
        }

        KeyRotation.Rotation rotate() {
            return QuarkusTransaction.requiringNew().call(rotation::rotate);
        }

        List<KeyState> states() {
            return QuarkusTransaction.requiringNew().call(rotation::states);
        }

        /** Time passes, and what is due is done. */
        void pass(Duration by) {
            clock.advance(by);
            rotation.keepTime();
            keys.read();
        }

        String kid() {
            return keys.current().kid();
        }

        List<String> published() {
            return keys.published().getKeys().stream()
                    .map(key -> key.getKeyID())
                    .toList();
        }
    }

    @AfterEach
    void letTheKeysBeOld() throws SQLException {
        owner("update signing_key set active_from = least(active_from, now() - interval '1 day')");
    }

    @Test
    @Requirement("CX-KEY-1")
    void aClientThatKeepsTheSetForAnHourVerifiesEverythingAcrossARotation() throws Exception {
        var node = new Node();
        var jose = new Jose(node.keys);
        var signers = new TreeSet<String>();
        var recent = new ArrayDeque<String>();
        Instant fetched = clock.instant();
        JWKSet kept = node.keys.published();
        node.rotate(); // the moment after the client has fetched the set

        for (Duration passed = Duration.ZERO; passed.compareTo(Duration.ofHours(32)) < 0; passed = passed.plus(STEP)) {
            node.pass(STEP);
            if (!clock.instant().isBefore(fetched.plus(Duration.ofHours(1)))) {
                fetched = clock.instant();
                kept = node.keys.published();
            }
            recent.addLast(jose.sign(Map.of("at", clock.instant().getEpochSecond())));
            if (recent.size() > 2) {
                recent.removeFirst(); // an ID token lives for ten minutes
            }
            for (String issued : recent) {
                JWSObject jws = JWSObject.parse(issued);
                String kid = jws.getHeader().getKeyID();
                assertThat(kept.getKeyByKeyId(kid))
                        .as("the key that signed, %s in", passed)
                        .isNotNull();
                assertThat(jws.verify(new ECDSAVerifier(kept.getKeyByKeyId(kid).toECKey())))
                        .isTrue();
                signers.add(kid);
            }
        }

        assertThat(signers).as("the rotation took place").hasSize(2);
        assertThat(node.published()).as("the first one is retired").containsExactly(node.kid());
    }

    @Test
    @Requirement("CX-KEY-1")
    void aNewKeyIsPublishedTwoHoursBeforeItSigns() {
        var node = new Node();
        String old = node.kid();

        KeyState.Upcoming upcoming = node.rotate().upcoming();
        node.keys.read();

        assertThat(Duration.between(upcoming.publishedAt(), upcoming.signsFrom()))
                .isEqualTo(Duration.ofHours(2));
        assertThat(node.published()).contains(upcoming.kid(), old);
        assertThat(node.kid()).isEqualTo(old);
        node.pass(Duration.ofMinutes(119));
        assertThat(node.kid()).isEqualTo(old);
        node.pass(Duration.ofMinutes(1));
        assertThat(node.kid()).isEqualTo(upcoming.kid());
        assertThat(node.states().getFirst()).isInstanceOf(KeyState.Signing.class);
    }

    @Test
    @Requirement("CX-KEY-2")
    void theRetiredKeyKeepsItsRowAndLosesItsPrivatePart() {
        var node = new Node();
        String old = node.kid();

        node.rotate();
        node.pass(Duration.ofHours(2));
        assertThat(state(node, old)).isInstanceOf(KeyState.Superseded.class);
        node.pass(Duration.ofHours(25).minusSeconds(1));
        assertThat(node.published()).contains(old);
        node.pass(Duration.ofSeconds(1));

        assertThat(node.published()).doesNotContain(old);
        assertThat(state(node, old)).isInstanceOf(KeyState.Retired.class);
        assertThat(stored(old).sealedPrivate).isNull();
    }

    @Test
    @Requirement("CX-KEY-2")
    void theKidOfARetiredKeyCannotComeBack() {
        var node = new Node();
        String old = node.kid();
        node.rotate();
        node.pass(Duration.ofHours(2));
        node.pass(Duration.ofHours(25));

        assertThatThrownBy(() -> service("insert into signing_key (kid, public_jwk, sealed_private, published_at,"
                        + " active_from) values ('" + old + "', '{}', '\\x00', now(), now())"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("signing_key_pkey");
        assertThatThrownBy(() -> service("delete from signing_key where kid = '" + old + "'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> service("update signing_key set retired_at = null where kid = '" + old + "'"))
                .as("without its private part it cannot be in use")
                .hasMessageContaining("check constraint");
    }

    @Test
    @Requirement("CX-KEY-3")
    void nodesThatRotateAtTheSameMomentMakeOneKey() throws Exception {
        var one = new Node();
        var other = new Node();

        List<KeyRotation.Rotation> rotations = atOnce(one::rotate, other::rotate);

        assertThat(rotations.get(0).upcoming().kid())
                .isEqualTo(rotations.get(1).upcoming().kid());
        assertThat(rotations).extracting(KeyRotation.Rotation::isNew).containsExactlyInAnyOrder(true, false);
        assertThat(one.rotate().isNew())
                .as("and nobody else makes one before it signs")
                .isFalse();
    }

    @Test
    @Requirement("CX-KEY-3")
    void keysRotateByThemselvesBeforeNinetyDaysAreOver() {
        var node = new Node();
        String old = node.kid();

        node.pass(Duration.ofDays(88));
        assertThat(node.published()).containsOnly(node.kid());
        node.pass(Duration.ofDays(2).minus(Duration.ofHours(2)));
        node.pass(Duration.ofHours(2));

        assertThat(node.kid()).isNotEqualTo(old);
    }

    @Test
    @Requirement("CX-KEY-3")
    void anotherNodeNoticesWhenItLooksAnew() {
        var one = new Node();
        var other = new Node();

        String kid = one.rotate().upcoming().kid();

        assertThat(other.published()).doesNotContain(kid);
        other.keys.notice();
        assertThat(other.published()).contains(kid);
    }

    @Test
    @Requirement("CX-CLOCK-2")
    void aKeyThatAWrongClockDatedFarAheadHoldsUpNoRotation() {
        var node = new Node();
        Instant farAhead = clock.instant().plus(Duration.ofDays(400));
        String kid = QuarkusTransaction.requiringNew()
                .call(() -> rows.publish(farAhead, farAhead.plus(settings.publishAhead())).kid);

        KeyRotation.Rotation waiting = node.rotate();

        assertThat(waiting.upcoming().kid()).isEqualTo(kid);
        assertThat(waiting.upcoming().signsFrom()).isEqualTo(clock.instant().plus(settings.publishAhead()));
        node.pass(settings.publishAhead());
        assertThat(node.kid()).isEqualTo(kid);
    }

    @Test
    void aClockThatWasSetBackStopsNobody() {
        var node = new Node();

        clock.advance(Duration.ofDays(-1000));

        assertThat(node.published()).contains(node.kid());
    }

    @Test
    @Requirement("CX-KEY-4")
    void aKeyThatWasTamperedWithIsNeitherUsedNorPublished() throws SQLException {
        var node = new Node();
        List<String> before = node.published();
        String kid = node.rotate().upcoming().kid();
        for (String tampering : List.of(
                "sealed_private = set_byte(sealed_private, 20, get_byte(sealed_private, 20) # 1)",
                "public_jwk = (select public_jwk from signing_key where kid <> '" + kid + "' limit 1)",
                "sealed_private = (select sealed_private from signing_key where retired_at is null and kid <> '" + kid
                        + "' limit 1)")) {
            SigningKeyRow sound = stored(kid);
            owner("update signing_key set " + tampering + " where kid = '" + kid + "'");

            assertThatThrownBy(node.keys::read).hasMessageContaining(kid).hasMessageContaining("was changed there");
            node.keys.notice();
            assertThat(node.published()).isEqualTo(before);

            QuarkusTransaction.requiringNew().run(() -> session.update(sound));
        }
    }

    private SigningKeyRow stored(String kid) {
        return QuarkusTransaction.requiringNew().call(() -> session.get(SigningKeyRow.class, kid));
    }

    private static KeyState state(Node node, String kid) {
        return node.states().stream()
                .filter(state -> state.kid().equals(kid))
                .findFirst()
                .orElseThrow();
    }

    private static List<KeyRotation.Rotation> atOnce(
            Callable<KeyRotation.Rotation> one, Callable<KeyRotation.Rotation> other) throws Exception {
        var start = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<KeyRotation.Rotation>> both = two.invokeAll(List.of(after(start, one), after(start, other)));
            return List.of(both.get(0).get(), both.get(1).get());
        }
    }

    private static Callable<KeyRotation.Rotation> after(CyclicBarrier start, Callable<KeyRotation.Rotation> call) {
        return () -> {
            start.await();
            return call.call();
        };
    }

    private static void owner(String sql) throws SQLException {
        try (Connection database = TestDatabase.asOwner();
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void service(String sql) throws SQLException {
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> session.createNativeMutationQuery(sql).executeUpdate());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException refused) {
                    throw refused;
                }
            }
            throw e;
        }
    }
}
