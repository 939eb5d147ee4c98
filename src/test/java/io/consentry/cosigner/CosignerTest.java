package io.consentry.cosigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.Mutations;
import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosignerTest {

    private static final TestLog LOG = TestLog.of("log.example/2026");
    private static final String NAME = "witness.example/w1";

    @TempDir
    private Path folder;

    private TestCosigner witness;

    @BeforeEach
    void start() throws Exception {
        witness = new TestCosigner(folder, NAME, LOG);
    }

    @AfterEach
    void stop() {
        witness.close();
    }

    private HttpResponse<String> add(AddCheckpoint request) {
        return witness.add(request.format());
    }

    private Path kept() {
        return folder.resolve(Cosigner.hash(LOG.origin())).resolve("checkpoint");
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void whatGoesOnIsCosignedByBothKeys() {
        long before = Instant.now().getEpochSecond();

        HttpResponse<String> first = add(LOG.add(0, 5));
        HttpResponse<String> second = add(LOG.add(5, 300));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        SignedNote cosigned = LOG.checkpoint(300).with(SignedNote.lines(second.body()));
        assertThat(witness.keys())
                .hasSize(2)
                .allSatisfy(key -> assertThat(cosigned.signaturesOf(key))
                        .singleElement()
                        .satisfies(signature ->
                                assertThat(VerifierKey.timeOf(signature)).isBetween(before, before + 20)));
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void theSameCheckpointIsCosignedAgain() {
        add(LOG.add(0, 5));

        assertThat(add(LOG.add(5, 5)).statusCode()).isEqualTo(200);
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void anotherOldSizeIsToldTheLast() {
        add(LOG.add(0, 5));

        HttpResponse<String> told = add(LOG.add(0, 9));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(told.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
        assertThat(told.body()).isEqualTo("5\n");
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void everyFaultHasItsStatus() {
        TestLog other = TestLog.of("other.example");
        TestLog impostor = TestLog.of(LOG.origin());
        String emptyWithARoot = Checkpoint.of(LOG.origin(), 0, LOG.root(3)).text();
        List<Hash> long64 = Collections.nCopies(64, LOG.root(1));

        assertThat(add(other.add(0, 5)).statusCode()).as("unknown log").isEqualTo(404);
        assertThat(add(impostor.add(0, 5)).statusCode()).as("unknown key").isEqualTo(403);
        assertThat(witness.add(LOG.add(0, 5).format().replace("\n5\n", "\n6\n")).statusCode())
                .as("signature of another text")
                .isEqualTo(403);
        assertThat(add(new AddCheckpoint(9, List.of(), LOG.checkpoint(5))).statusCode())
                .as("old size beyond")
                .isEqualTo(400);
        assertThat(witness.add("old 0\n" + lines(long64) + "\n"
                                + LOG.checkpoint(5).format())
                        .statusCode())
                .as("64 lines of proof")
                .isEqualTo(400);
        assertThat(witness.add(LOG.add(0, 5).format().replace("old 0", "old 00"))
                        .statusCode())
                .as("leading zero")
                .isEqualTo(400);
        assertThat(add(new AddCheckpoint(0, long64.subList(0, 63), LOG.checkpoint(5)))
                        .statusCode())
                .as("proof from nothing")
                .isEqualTo(422);
        assertThat(add(new AddCheckpoint(0, List.of(), LOG.sign(emptyWithARoot)))
                        .statusCode())
                .as("empty tree with a root")
                .isEqualTo(422);
        assertThat(add(LOG.add(0, 0)).statusCode()).as("empty tree").isEqualTo(200);
        assertThat(add(LOG.add(0, 5)).statusCode()).isEqualTo(200);
        assertThat(add(new AddCheckpoint(5, LOG.proof(4, 9), LOG.checkpoint(9))).statusCode())
                .as("proof from elsewhere")
                .isEqualTo(422);
        assertThat(add(LOG.forkedAt(2, 1).add(5, 5)).statusCode())
                .as("another tree of the same size")
                .isEqualTo(422);
        assertThat(add(LOG.forkedAt(2, 1).add(5, 9)).statusCode())
                .as("another tree")
                .isEqualTo(422);
    }

    private static String lines(List<Hash> hashes) {
        return hashes.stream().map(hash -> hash + "\n").reduce("", String::concat);
    }

    @Test
    void anUnknownKeysSignatureIsLeftOut() {
        SignedNote more =
                LOG.checkpoint(5).with(TestLog.of(LOG.origin()).checkpoint(5).signatures());

        HttpResponse<String> answer = add(new AddCheckpoint(0, List.of(), more));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(last().signatures()).hasSize(4);
    }

    @Test
    @Requirement("C2SP-tlog-witness")
    void monitorsGetTheLastWithAllSignatures() {
        String address = "/" + Cosigner.hash(LOG.origin()) + "/checkpoint";
        assertThat(witness.get(address).statusCode()).as("before the first").isEqualTo(404);
        AddCheckpoint request = LOG.add(0, 5);

        String lines = add(request).body();

        assertThat(last()).isEqualTo(request.checkpoint().with(SignedNote.lines(lines)));
        assertThat(witness.get("/" + "0".repeat(64) + "/checkpoint").statusCode())
                .isEqualTo(404);
        assertThat(witness.get("/").statusCode()).isEqualTo(404);
        assertThat(witness.get("/add-checkpoint").statusCode()).isEqualTo(405);
    }

    private SignedNote last() {
        return last(LOG);
    }

    private SignedNote last(TestLog log) {
        return SignedNote.parse(
                witness.get("/" + Cosigner.hash(log.origin()) + "/checkpoint").body());
    }

    @Test
    void twoTreesOfOneSizeAreKeptAsEvidence() throws Exception {
        add(LOG.add(0, 5));
        AddCheckpoint other = LOG.forkedAt(2, 1).add(5, 5);

        add(other);

        assertThat(kept().resolveSibling("split-view"))
                .hasContent(other.checkpoint().format());
        assertThat(SignedNote.parse(Files.readAllBytes(kept())).text())
                .isEqualTo(LOG.checkpoint(5).text());
        assertThat(witness.journal()).isNotEmpty();
    }

    @Test
    void aWitnessThatBeginsAnewRemembers() throws Exception {
        add(LOG.add(0, 5));
        List<VerifierKey> keys = witness.keys();
        witness.close();

        witness = new TestCosigner(folder, NAME, LOG);

        assertThat(witness.keys()).isEqualTo(keys);
        assertThat(add(LOG.forkedAt(2, 1).add(0, 9)).body()).isEqualTo("5\n");
        assertThat(add(LOG.forkedAt(2, 1).add(5, 9)).statusCode()).isEqualTo(422);
        assertThat(add(LOG.add(5, 9)).statusCode()).isEqualTo(200);
    }

    @Test
    void aMemoryThatWasAlteredIsNotReliedOn() throws Exception {
        add(LOG.add(0, 5));
        byte[] good = Files.readAllBytes(kept());

        for (int i = 0; i < good.length; i += i < 130 ? 1 : 97) {
            byte[] flipped = good.clone();
            flipped[i] ^= 1;
            Files.write(kept(), flipped);
            assertThatThrownBy(() -> new TestCosigner(folder, NAME, LOG))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not what this witness has written");
        }
        assertThat(add(LOG.add(5, 9)).statusCode()).as("altered while it runs").isEqualTo(503);
        Files.write(kept(), new byte[0]);
        assertThat(add(LOG.add(0, 9)).statusCode()).as("emptied").isEqualTo(503);
        Files.write(kept(), good);
        assertThat(add(LOG.add(5, 9)).statusCode()).isEqualTo(200);
    }

    @Test
    void keysAreTheirOwnersAlone() throws Exception {
        Path key = folder.resolve("ed25519_cosignature.key");
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> new TestCosigner(folder, "witness.example/w2", LOG))
                .hasMessageContaining("is of witness.example/w1");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new TestCosigner(folder, NAME, LOG)).hasMessageContaining("Set its mode to 600");
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() throws Exception {
        byte[] most = new byte[AddCheckpoint.MAX_BYTES + 1];
        try (var socket = new Socket("127.0.0.1", witness.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 1000000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(most);
            out.flush();
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    /** Whatever is sent, the answer is one of the specification's and says nothing of the program. */
    @Test
    void everyBodyHasAnAnswer() {
        long seed = Long.getLong("consentry.seed", new Random().nextLong());
        var mutations = new Mutations(new Random(seed));
        add(LOG.add(0, 5));
        String good = LOG.add(5, 9).format();
        int head = good.indexOf("— ");

        for (int i = 0; i < 600; i++) {
            String body = mutations.coin()
                    ? mutations.mutate(good)
                    : mutations.mutate(good.substring(0, head)) + good.substring(head);
            HttpResponse<String> answer = witness.add(body);
            if (answer.statusCode() != 200) {
                assertThat(answer.statusCode())
                        .as("seed %d, round %d: %s", seed, i, answer.body())
                        .isIn(Set.of(400, 403, 404, 409, 422, 413));
                assertThat(answer.body()).doesNotContain("java.", "io.consentry", "\tat ");
            } else {
                good = LOG.add(9, 9).format(); // a mutation that changed nothing
                head = good.indexOf("— ");
            }
        }
    }

    /** Everybody is shown another tree at the same time; of all that were cosigned, the larger goes on from the smaller. */
    @Test
    @Requirement("C2SP-tlog-witness")
    void noInterleavingCosignsTwoTrees() throws Exception {
        TestLog log = TestLog.ofEd25519("fast.example");
        witness.close();
        witness = new TestCosigner(folder, NAME, log);
        int forks = 4;
        var bodies = new ArrayList<AddCheckpoint>();
        for (int fork = 0; fork < forks; fork++) {
            TestLog shown = log.forkedAt(8, fork);
            for (long from = 0; from < 16; from++) {
                for (long to = from; to <= 16; to++) {
                    bodies.add(shown.add(from, to));
                }
            }
        }
        Collections.shuffle(bodies, new Random(1));
        var cosigned = Collections.synchronizedList(new ArrayList<Checkpoint>());
        int rounds = Effort.of(1, 2, 40);

        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int round = 0; round < rounds; round++) {
                for (AddCheckpoint body : bodies) {
                    threads.execute(() -> {
                        HttpResponse<String> answer = add(body);
                        if (answer.statusCode() == 200) {
                            cosigned.add(Checkpoint.parse(body.checkpoint().text()));
                        } else {
                            assertThat(answer.statusCode()).isIn(409, 422);
                        }
                    });
                }
            }
        }

        assertThat(cosigned).isNotEmpty();
        Checkpoint last = Checkpoint.parse(last(log).text());
        assertThat(cosigned).contains(last);
        TestLog truth = IntStream.range(0, forks)
                .mapToObj(fork -> log.forkedAt(8, fork))
                .filter(shown -> shown.root(last.size()).equals(last.root()))
                .findFirst()
                .orElseThrow();
        assertThat(cosigned).allSatisfy(each -> {
            assertThat(each.size()).isLessThanOrEqualTo(last.size());
            assertThat(each.root()).isEqualTo(truth.root(each.size()));
        });
    }
}
