package io.consentry.authorization;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.client.Clients;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.Amendments;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.DecisionFixture;
import io.consentry.consent.Reason;
import io.consentry.consent.RevocationOrder.Covers;
import io.consentry.consent.RevocationOrders;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.consent.Transition;
import io.consentry.consent.Uses;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.consentry.token.Binding;
import io.consentry.token.RefreshTokens;
import io.consentry.token.TokenFamily;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of all acts that can meet on a grant: every two of them, an act and its like included, begun at once. What comes of
 * it must be what comes of them one after the other, in one order or the other; that is found out first, by doing so.
 *
 * <p>Decisions on a request meet each other, and what is done to a grant the moment it is given. Time is an act when it is up: it is
 * written down by whoever comes first. The pairs with a release in them are raced by the
 * thousand as well: with a withdrawal, an order, a pause, a narrowing, an amendment, a release ({@code ReleaseRaceTest}, {@code
 * RevocationRaceTest}, {@code ConsentRaceTest}).
 */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-RACE-1")
@Tag(Effort.SLOW)
class EveryTwoActsTest {

    /** Once with each lead that one of the two is given. */
    private static final int LEADS = 7;

    private static final int PAIRS = Effort.of(LEADS, 10_000);
    private static final int LANES = 4;
    private static final ClientId BANK = new ClientId("harbour-bank");

    @Inject
    ConsentFixture fixture;

    @Inject
    DecisionFixture decisions;

    @Inject
    Consents consents;

    @Inject
    Amendments amendments;

    @Inject
    RevocationOrders orders;

    @Inject
    Uses uses;

    @Inject
    RefreshTokens refreshTokens;

    @Inject
    Refreshment refreshment;

    @Inject
    Clients clients;

    @Inject
    Ledger ledger;

    @Inject
    TestClock clock;

    /** Whatever anybody, and time, can do to a grant that was given, and before that to the request for it. */
    enum Act {
        RELEASE,
        REFRESH,
        PAUSE,
        RESUME,
        NARROW,
        AMEND,
        WITHDRAW,
        RELINQUISH,
        REVOKE,
        INVALIDATE,
        ORDER,
        EXPIRE,
        PRESENT,
        GRANT,
        REFUSE,
        LAPSE
    }

    private static final Set<Act> ON_A_REQUEST = EnumSet.of(Act.PRESENT, Act.GRANT, Act.REFUSE, Act.LAPSE);

    /** What needs something that only a given grant has: a token, a wish to amend it, the end of its time. */
    private static final Set<Act> ON_A_GRANT_ALONE = EnumSet.of(Act.REFRESH, Act.AMEND, Act.EXPIRE);

    static Stream<Arguments> everyTwo() {
        return Stream.of(Act.values())
                .flatMap(one -> EnumSet.range(one, Act.LAPSE).stream()
                        .filter(other -> canMeet(one, other))
                        .map(other -> Arguments.of(one, other)));
    }

    /** An act on a request meets its like, and the approval meets what is done to the grant that it gives. */
    private static boolean canMeet(Act one, Act other) {
        boolean apart = ON_A_REQUEST.contains(one) != ON_A_REQUEST.contains(other);
        return !apart
                || ((one == Act.GRANT || other == Act.GRANT)
                        && !ON_A_GRANT_ALONE.contains(one)
                        && !ON_A_GRANT_ALONE.contains(other));
    }

    /** A grant to act on, with what its acts need; in force as it is, or once it is resumed. */
    private record Ground(Consent.Active grant, AmendmentId amendment, Handle refreshToken) {

        GrantId id() {
            return grant.terms().grantId();
        }

        ClientId client() {
            return grant.terms().clientId();
        }

        PersonId person() {
            return grant.person();
        }
    }

    /** What came of two acts: whether each was made, and how the grant stands. */
    private record Outcomes(boolean one, boolean other, String standing) {}

    @ParameterizedTest
    @MethodSource("everyTwo")
    void twoActsAtOnceAreLikeOneAfterTheOther(Act one, Act other) throws Exception {
        var grounds = new ConcurrentLinkedQueue<>(grounds(PAIRS + 2, EnumSet.of(one, other)));
        Set<Outcomes> expected = oneAfterTheOther(one, other, grounds);

        Callable<List<Outcomes>> lane = () -> {
            List<Outcomes> met = new ArrayList<>();
            for (Ground ground = grounds.poll(); ground != null; ground = grounds.poll()) {
                met.add(race(grounds.size(), ground, one, other));
            }
            return met;
        };
        List<Outcomes> met = new ArrayList<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            for (Future<List<Outcomes>> each : lanes.invokeAll(Collections.nCopies(LANES, lane))) {
                met.addAll(each.get());
            }
        }

        assertThat(met).hasSize(PAIRS).isSubsetOf(expected);
    }

    /** Whoever adds an act to a consent's life finds this red until it is in the table. */
    @Test
    void noActIsLeftOut() {
        Set<String> known = Stream.of(Act.values()).map(Enum::name).collect(Collectors.toSet());

        assertThat(Stream.of(Consents.class, Amendments.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getReturnType() == Transition.class)
                        .map(method -> method.getName().toUpperCase(Locale.ROOT)))
                .isSubsetOf(known);
    }

    private Set<Outcomes> oneAfterTheOther(Act one, Act other, Queue<Ground> grounds) {
        Ground oneFirst = Objects.requireNonNull(grounds.poll());
        boolean first = act(one, oneFirst);
        boolean then = act(other, oneFirst);
        Ground otherFirst = Objects.requireNonNull(grounds.poll());
        boolean otherThen = act(other, otherFirst);
        boolean oneThen = act(one, otherFirst);
        return Set.copyOf(List.of(
                new Outcomes(first, then, standing(oneFirst)), new Outcomes(oneThen, otherThen, standing(otherFirst))));
    }

    /** Now and then one of them gets a little ahead, so that both orders are met. */
    private Outcomes race(int round, Ground ground, Act one, Act other) throws Exception {
        long stagger = (round % LEADS - LEADS / 2) * 200_000L;
        var start = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<Boolean> first = two.submit(() -> begin(start, -stagger, () -> act(one, ground)));
            Future<Boolean> second = two.submit(() -> begin(start, stagger, () -> act(other, ground)));
            return new Outcomes(first.get(), second.get(), standing(ground));
        }
    }

    private static boolean begin(CyclicBarrier start, long later, Callable<Boolean> act) throws Exception {
        start.await();
        LockSupport.parkNanos(Math.max(0, later));
        return act.call();
    }

    private boolean act(Act act, Ground on) {
        return switch (act) {
            case RELEASE -> release(on);
            case REFRESH -> refresh(on);
            case PAUSE -> isMade(consents.pause(on.id(), on.person()));
            case RESUME -> isMade(consents.resume(on.id(), on.person()));
            case NARROW -> isMade(amendments.narrow(on.id(), on.person(), names("email")));
            case AMEND -> isMade(decisions.approve(on.amendment(), on.person(), Set.of()));
            case WITHDRAW -> isMade(consents.withdraw(on.id(), on.person()));
            case RELINQUISH -> isMade(consents.relinquish(on.id(), on.client()));
            case REVOKE -> isMade(consents.revoke(on.id(), Reason.FRAUD_SUSPECTED));
            case INVALIDATE -> isMade(consents.invalidate(on.id(), Reason.COURT_ORDER));
            case ORDER -> order(on);
            case EXPIRE, LAPSE -> settle(on);
            case PRESENT -> isMade(decisions.present(on.id(), on.person()));
            case GRANT -> isMade(decisions.grant(on.id(), on.person(), ConsentFixture.approval(Duration.ofHours(1))));
            case REFUSE -> isMade(decisions.refuse(on.id(), on.person()));
        };
    }

    private static boolean isMade(Transition<?, ?> transition) {
        return transition instanceof Transition.Made;
    }

    private boolean release(Ground on) {
        var event = LedgerEvent.of(
                EventKind.RELEASED, Instant.now(), on.id(), on.grant().version(), on.client(), Actor.CLIENT);
        return QuarkusTransaction.requiringNew().call(() -> uses.use(on.grant(), ledger.draft(event, on.person())))
                instanceof Uses.Use.Permitted;
    }

    private boolean refresh(Ground on) {
        try {
            return !refreshment
                    .refresh(
                            Form.parse("refresh_token=" + on.refreshToken().value()),
                            clients.find(on.client()).orElseThrow(),
                            new Binding.Dpop("A".repeat(43)))
                    .accessToken()
                    .isEmpty();
        } catch (FaultException e) {
            assertThat(e.fault().code().code()).isEqualTo("grant_ended");
            return false;
        }
    }

    private boolean order(Ground on) {
        orders.place(new Covers.OfClient(on.client()), Reason.COURT_ORDER, "test", Long.MAX_VALUE);
        return true;
    }

    /** What the timekeeper does to each that is over. */
    private boolean settle(Ground on) {
        consents.settle(on.id());
        return true;
    }

    private String standing(Ground ground) {
        Consent consent = consents.find(ground.id()).orElseThrow();
        if (!(consent instanceof Consent.Given given)) {
            return "%s, version %d".formatted(consent.getClass().getSimpleName(), consent.version());
        }
        int generation = given.decision().generation();
        long releases = given.usage().releases();
        String how = consent instanceof Consent.Ended ended
                ? ended.ending().name()
                : consent.getClass().getSimpleName();
        return "%s, version %d, generation %d, releases %d".formatted(how, consent.version(), generation, releases);
    }

    /** Many at once; paused where a resumption is raced, and each of a client of its own where an order is. */
    private List<Ground> grounds(int number, Set<Act> acts) {
        List<Ground> grounds =
                acts.stream().anyMatch(ON_A_REQUEST::contains) ? requests(number, acts) : given(number, acts);
        if (acts.contains(Act.EXPIRE) || acts.contains(Act.LAPSE)) {
            clock.advance(Duration.ofHours(2));
        }
        return grounds;
    }

    /** Asked for, and shown to a person unless that is raced; each of a client of its own where an order is. */
    private List<Ground> requests(int number, Set<Act> acts) {
        PersonId person = fixture.person();
        return Stream.generate(() -> acts.contains(Act.ORDER) ? client(false) : BANK)
                .limit(number)
                .map(client -> request(person, client, acts.contains(Act.PRESENT)))
                .toList();
    }

    private Ground request(PersonId person, ClientId client, boolean unseen) {
        Terms usual = ConsentFixture.terms();
        var terms = new Terms(
                usual.grantId(), client, usual.purpose(), usual.requested(), usual.optional(), usual.requestedAt());
        Consent.Requested requested = consents.request(terms, Duration.ofMinutes(10));
        Instant now = Instant.now();
        Consent.Presented shown = unseen
                ? requested.present(person, now)
                : (Consent.Presented) made(decisions.present(terms.grantId(), person));
        return new Ground(
                shown.grant(Set.of(), now, now.plus(Duration.ofHours(1)), Shown.NOTHING),
                new AmendmentId(UUID.randomUUID()),
                Handle.random());
    }

    private List<Ground> given(int number, Set<Act> acts) {
        PersonId person = fixture.person();
        boolean registered = acts.contains(Act.REFRESH);
        List<Ground> grounds = QuarkusTransaction.requiringNew().call(() -> {
            List<Consent.Active> grants =
                    fixture.active(person, number, () -> acts.contains(Act.ORDER) ? client(registered) : BANK);
            List<AmendmentId> shown = fixture.amendmentsShown(grants, names("regadd"));
            return IntStream.range(0, number)
                    .mapToObj(i -> new Ground(grants.get(i), shown.get(i), refreshToken(grants.get(i))))
                    .toList();
        });
        return acts.contains(Act.RESUME) ? grounds.stream().map(this::paused).toList() : grounds;
    }

    private ClientId client(boolean registered) {
        return new ClientId(
                registered
                        ? TestClient.registered(clients, metadata -> {}).id()
                        : "acts-" + Long.toHexString(UUID.randomUUID().getMostSignificantBits()));
    }

    private Ground paused(Ground ground) {
        Consent.Paused paused = made(consents.pause(ground.id(), ground.person()));
        return new Ground(paused.resume(), ground.amendment(), ground.refreshToken());
    }

    private Handle refreshToken(Consent.Active grant) {
        Terms terms = grant.terms();
        var family = new TokenFamily(
                terms.clientId(), terms.grantId(), Handle.random().hash());
        return refreshTokens.issue(family, List.of("openid"));
    }

    private static Set<AttributeName> names(String name) {
        return Set.of(new AttributeName(name));
    }
}
