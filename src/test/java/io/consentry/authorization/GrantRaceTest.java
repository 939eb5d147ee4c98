package io.consentry.authorization;

import static io.consentry.consent.ConsentFixture.made;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Amendment;
import io.consentry.consent.AmendmentId;
import io.consentry.consent.AmendmentRequests;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentFixture;
import io.consentry.consent.Consents;
import io.consentry.consent.DecisionFixture;
import io.consentry.consent.Ending;
import io.consentry.consent.Terms;
import io.consentry.consent.Transition;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.Handle;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.token.Binding;
import io.consentry.token.RefreshTokens;
import io.consentry.token.TokenFamily;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can meet on one grant because of amendments and refreshes, begun at once, a hundred times each. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Tag(Effort.SLOW)
class GrantRaceTest {

    private static final int PAIRS = Effort.of(30, 100, 2_000);
    private static final ClientId WEALTH = new ClientId("merlion-wealth");
    private static final PurposeVersion REVIEW = new PurposeVersion("account_review", 1);
    private static final String THUMBPRINT = "A".repeat(43);

    @Inject
    ConsentFixture fixture;

    @Inject
    DecisionFixture decisions;

    @Inject
    Consents consents;

    @Inject
    AmendmentRequests amendments;

    @Inject
    RefreshTokens refreshTokens;

    @Inject
    Refreshment refreshment;

    @Inject
    Clients clients;

    private PersonId person;

    @BeforeEach
    void somebody() {
        person = fixture.person();
    }

    /** What came of the two. */
    private record Both<A, B>(A one, B other) {}

    @Test
    @Requirement("CX-AMEND-4")
    void anAmendmentComesBeforeAWithdrawalOrChangesNothing() throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            GrantId grant = periodic();
            AmendmentId amendment = presented(grant, "email");

            var both = atOnce(i, () -> approve(amendment), () -> consents.withdraw(grant, person));

            made(both.other());
            var ended = (Consent.Ended) consents.find(grant).orElseThrow();
            boolean amended = both.one() instanceof Transition.Made;
            assertThat(ended.ending()).isEqualTo(Ending.WITHDRAWN);
            assertThat(ended.decision().generation()).isEqualTo(amended ? 2 : 1);
            assertThat(consents.records(grant)).hasSize(amended ? 2 : 1);
            assertThat(amendments.find(amendment).orElseThrow())
                    .isInstanceOf(amended ? Amendment.Approved.class : Amendment.Overtaken.class);
        }
    }

    @Test
    @Requirement("CX-AMEND-4")
    void ofTwoAmendmentsOneIsMadeAndTheOtherVoid() throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            GrantId grant = periodic();
            AmendmentId one = presented(grant, "email");
            AmendmentId other = presented(grant, "regadd");

            var both = atOnce(i, () -> approve(one), () -> approve(other));

            assertThat(Stream.of(both.one(), both.other()).filter(Transition.Made.class::isInstance))
                    .hasSize(1);
            var standing = (Consent.Active) consents.find(grant).orElseThrow();
            assertThat(standing.decision().generation()).isEqualTo(2);
            assertThat(standing.granted())
                    .isEqualTo(
                            both.one() instanceof Transition.Made ? names("name", "email") : names("name", "regadd"));
        }
    }

    @Test
    @Requirement("RFC6749-6-1")
    void aRefreshComesBeforeAWithdrawalOrGivesNothing() throws Exception {
        RegisteredClient client = clients.find(WEALTH).orElseThrow();
        for (int i = 0; i < PAIRS; i++) {
            GrantId grant = periodic();
            Form form = refresh(grant);

            var both = atOnce(i, () -> isGiven(form, client), () -> consents.withdraw(grant, person));

            made(both.other());
            assertThat(isGiven(form, client)).isFalse();
        }
    }

    private boolean isGiven(Form form, RegisteredClient client) {
        try {
            return !refreshment
                    .refresh(form, client, new Binding.Dpop(THUMBPRINT))
                    .accessToken()
                    .isEmpty();
        } catch (FaultException e) {
            assertThat(e.fault().code().code()).isEqualTo("grant_ended");
            return false;
        }
    }

    private Form refresh(GrantId grant) {
        var family = new TokenFamily(WEALTH, grant, Handle.random().hash());
        Handle token = QuarkusTransaction.requiringNew().call(() -> refreshTokens.issue(family, List.of("openid")));
        return Form.parse("refresh_token=" + token.value());
    }

    private Transition<Amendment, Amendment.Approved> approve(AmendmentId amendment) {
        return decisions.approve(amendment, person, Set.of());
    }

    private AmendmentId presented(GrantId grant, String more) {
        var wish = new AmendmentRequests.Wish(grant, WEALTH, Mode.MERGE, REVIEW, names(more), Set.of());
        AmendmentId id =
                fixture.asked(wish, Duration.ofMinutes(10)).orElseThrow().id();
        assertThat(decisions.present(id, person)).isInstanceOf(Transition.Made.class);
        return id;
    }

    /** A grant of the name, for periodic access. */
    private GrantId periodic() {
        var terms = new Terms(GrantId.create(LogNumber.FIRST), WEALTH, REVIEW, names("name"), names(), Instant.now());
        GrantId grant = consents.request(terms, Duration.ofMinutes(10)).terms().grantId();
        made(decisions.grant(grant, person, ConsentFixture.approval(Duration.ofDays(1))));
        return grant;
    }

    private static TreeSet<AttributeName> names(String... names) {
        return Stream.of(names).map(AttributeName::new).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Now and then one of them gets a little ahead, so that both orders are met. */
    private static <A, B> Both<A, B> atOnce(int round, Callable<A> one, Callable<B> other) throws Exception {
        long stagger = (round % 7 - 3) * 200_000L;
        var start = new CyclicBarrier(2);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<A> first = two.submit(() -> begin(start, -stagger, one));
            Future<B> second = two.submit(() -> begin(start, stagger, other));
            return new Both<>(first.get(), second.get());
        }
    }

    private static <T> T begin(CyclicBarrier start, long later, Callable<T> act) throws Exception {
        start.await();
        LockSupport.parkNanos(Math.max(0, later));
        return act.call();
    }
}
