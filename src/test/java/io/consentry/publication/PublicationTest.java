package io.consentry.publication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.consent.ConsentFixture;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
import io.consentry.kernel.LogNumber;
import io.consentry.kernel.PersonId;
import io.consentry.ledger.LedgerOrder;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.Policy;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.TileSource;
import io.consentry.tlog.TiledTree;
import io.consentry.tlog.VerifierKey;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log as strangers read it from the running service. */
@QuarkusTest
class PublicationTest {

    private static final TileSource SERVED = tile -> given().get("/ledger/tile/" + tile.path())
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    LedgerOrder order;

    @Inject
    LogSigners signers;

    @Inject
    PublishedCheck check;

    @Inject
    LogTrust trust;

    @Inject
    ConsentFixture fixture;

    @Test
    @Requirement("CX-LOG-1")
    void whatIsAppendedIsSoonInASignedTreeThatAnybodyCanRebuild() {
        release();
        Checkpoint published = awaitAll();

        var tree = new TiledTree(published.size(), SERVED);
        assertThat(tree.root()).isEqualTo(published.root());
        List<byte[]> entries = order.entries(LogNumber.FIRST, 0, published.size());
        for (int index = 0; index < published.size(); index += 1 + (int) published.size() / 50) {
            assertThat(tree.entry(index)).isEqualTo(entries.get(index)).hasSize(33);
            assertThat(tree.inclusion(index).leads(Hash.ofLeaf(entries.get(index)), published.root()))
                    .isTrue();
        }
    }

    @Test
    @Requirement("CX-LOG-2")
    void aLaterTreeGoesOnFromAnEarlierOne() {
        release();
        Checkpoint earlier = awaitAll();
        release();
        Checkpoint later = awaitAll();

        assertThat(later.size()).isGreaterThan(earlier.size());
        assertThat(new TiledTree(later.size(), SERVED)
                        .consistency(earlier.size())
                        .connects(earlier.root(), later.root()))
                .isTrue();
    }

    @Test
    @Requirement("C2SP-tlog-checkpoint")
    void aCheckpointIsSignedUnderItsOwnNameInTwoWays() {
        release();
        awaitAll();

        SignedNote note = SignedNote.parse(served());
        assertThat(signers.verifiers(LogNumber.FIRST))
                .hasSize(2)
                .allSatisfy(key -> assertThat(note.signaturesOf(key)).hasSize(1))
                .extracting(VerifierKey::name)
                .containsOnly(Checkpoint.parse(note.text()).origin());
    }

    @Test
    @Requirement("C2SP-tlog-tiles-http")
    void tilesMayBeKeptForEverAndCheckpointsForAMoment() {
        release();
        Checkpoint published = awaitAll();
        String newest = published.size() >= 256 ? "entries/000" : "entries/000.p/" + published.size();

        given().get("/ledger/tile/" + newest)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/octet-stream")
                .header("Cache-Control", "public, max-age=31536000, immutable");
        given().get("/ledger/checkpoint")
                .then()
                .header("Content-Type", "text/plain;charset=utf-8")
                .header("Cache-Control", "public, max-age=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ledger/tile/0/x999/999",
                "/ledger/tile/0/000.p/0",
                "/ledger/tile/00/000",
                "/ledger/tile/0/..%2f..%2fhead",
                "/ledger/tile/entries/1",
                "/ledger/head",
                "/ledger/998/checkpoint",
                "/ledger/0/checkpoint",
                "/ledger/1000/checkpoint"
            })
    void whatWasNotPublishedIsNotThere(String address) {
        given().urlEncodingEnabled(false).get(address).then().statusCode(404);
    }

    @Test
    @Requirement("CX-LOG-3")
    void oneSignedNoteListsEveryLog() {
        release();
        Checkpoint published = awaitAll();

        SignedNote list = SignedNote.parse(
                given().get("/ledger/logs").then().statusCode(200).extract().asString());
        assertThat(list.signaturesOf(signers.verifiers(LogNumber.FIRST).getFirst()))
                .hasSize(1);
        List<String> lines = list.text().lines().toList();
        assertThat(lines.getFirst()).isEqualTo(published.origin() + "/logs");
        assertThat(Integer.parseInt(lines.get(1))).isEqualTo(lines.size() - 2);
        assertThat(lines.get(2)).startsWith(published.origin() + " " + published.size() + " ");
    }

    @Test
    void theServedPolicyAcceptsTheServedCheckpoint() {
        release();
        awaitAll();

        Policy policy = Policy.parse(
                given().get("/ledger/policy").then().statusCode(200).extract().asString());
        assertThat(policy.judge(SignedNote.parse(served()))).isInstanceOf(Policy.Verdict.Accepted.class);
        assertThat(policy.logs().getFirst().url())
                .hasValueSatisfying(url -> assertThat(url).endsWith("/ledger"));
    }

    @Test
    @Requirement("CX-LOG-4")
    void nothingIsAppendedToADatabaseThatIsAnother() {
        PersonId person = fixture.person();
        var log = new LogNumber(997);
        trust.lose(log, "it is another, says a test");
        try {
            assertThatThrownBy(() -> fixture.active(person))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.LEDGER_OUT_OF_STEP));
            given().get("/.well-known/keys").then().statusCode(503).header("Retry-After", "30");
            given().get("/ledger/policy").then().statusCode(200);
        } finally {
            trust.keep(log);
        }
        fixture.active(person);
    }

    @Test
    void theWholeOfItIsMadeAnewAndFoundTheSame() {
        release();
        Checkpoint published = awaitAll();

        PublishedCheck.Report report = check.check().getFirst();

        assertThat(report.problems()).isEmpty();
        assertThat(report.published()).isGreaterThanOrEqualTo(published.size());
    }

    private static String served() {
        return given().get("/ledger/checkpoint")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static void release() {
        TestClient.ready("plain-lender")
                .flow()
                .asking("openid name")
                .untilToken(ClientFlow.COMPLETE)
                .userinfo()
                .send()
                .is(200);
    }

    /** The first checkpoint that covers all that was appended: what waits for its place in the order too. */
    private Checkpoint awaitAll() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            long staged = staged();
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(served()).text());
            if (staged == 0 && checkpoint.size() > 0 && checkpoint.size() == order.size(LogNumber.FIRST)) {
                return checkpoint;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("no checkpoint covers all that is in the order");
    }

    private static long staged() {
        try (Connection owner = TestDatabase.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from ledger_staged")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
