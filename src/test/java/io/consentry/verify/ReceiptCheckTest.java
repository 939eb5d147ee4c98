package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.tlog.Policy;
import io.consentry.verify.ReceiptVerdict.Included;
import io.consentry.verify.ReceiptVerdict.Promised;
import io.consentry.verify.ReceiptVerdict.Refused;
import io.consentry.verify.ReceiptVerdict.Witnessed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt, checked from its file alone: promised, included, witnessed, and altered in every way. */
class ReceiptCheckTest {

    private static final long SIZE = 700;
    private static final long INDEX = 300;

    @TempDir
    static Path folder;

    private static TestLog log;

    @BeforeAll
    static void write() {
        log = TestReceipt.log(folder, SIZE, INDEX);
    }

    @Test
    void aProofMakesItIncluded() {
        ReceiptReport report = check(included(), log.policy());

        assertThat(report.verdict()).isInstanceOfSatisfying(Included.class, included -> {
            assertThat(included.index()).isEqualTo(INDEX);
            assertThat(included.checkpoint().size()).isEqualTo(SIZE);
        });
        assertThat(report.steps()).noneMatch(step -> step.state() == Step.State.FAILS);
    }

    @Test
    void enoughWitnessesMakeItWitnessed() {
        ObjectNode receipt = TestReceipt.included(log, INDEX, SIZE, log.classic, log.quantum, log.witness);

        assertThat(check(receipt, log.witnessedPolicy()).verdict())
                .isInstanceOfSatisfying(
                        Witnessed.class,
                        witnessed -> assertThat(witnessed.witnesses()).containsExactly("w"));
        assertThat(check(included(), log.witnessedPolicy()).verdict()).isInstanceOf(Included.class);
    }

    @Test
    void aPromiseAloneIsWorthWhatItsSignatureIs() {
        ObjectNode receipt = TestReceipt.promised();

        assertThat(check(receipt, log.policy()).verdict())
                .isEqualTo(new Promised(TestLog.ORIGIN, Instant.ofEpochSecond(TestReceipt.BY)));
        assertThat(ReceiptCheck.receipt(TestReceipt.bytes(receipt), Policy.parse(log.policy()), Optional.empty())
                        .verdict())
                .isInstanceOf(Refused.class);
    }

    @Test
    void itsFormInTheFileIsOfNoImportance() {
        String pretty = included().toPrettyString().replace("\u00e9", "\\u00E9");

        assertThat(ReceiptCheck.receipt(
                                pretty.getBytes(StandardCharsets.UTF_8), Policy.parse(log.policy()), Optional.empty())
                        .verdict())
                .isInstanceOf(Included.class);
    }

    @Test
    void anyByteThatIsChangedIsFoundButForWhatNothingCovers() {
        ObjectNode receipt = included();
        String uncovered = "\"record\":" + receipt.get("record") + ",\"count\":" + receipt.get("count");
        String number = "\"number\":" + receipt.get("log").get("number");
        byte[] sound = TestReceipt.bytes(receipt);
        String text = new String(sound, StandardCharsets.ISO_8859_1);
        int step = Boolean.getBoolean("consentry.soak") ? 1 : 17;
        for (int at = 0; at < sound.length; at += step) {
            boolean isUncovered = within(text, uncovered, at) || within(text, number, at);
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;

            ReceiptReport report =
                    ReceiptCheck.receipt(flipped, Policy.parse(log.policy()), Optional.of(TestReceipt.keys()));

            if (!isUncovered) {
                assertThat(report.verdict()).as("byte %d", at).isInstanceOf(Refused.class);
            }
        }
    }

    private static boolean within(String text, String part, int at) {
        int start = text.indexOf(part);
        return at >= start && at < start + part.length();
    }

    @Test
    void whatIsWrongIsSaidWhereItIs() {
        refused(receipt -> ((ObjectNode) receipt.get("event")).put("client_id", "harbour-bank"), "The event");
        refused(receipt -> receipt.put("opening", "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6g="), "The event");
        refused(receipt -> receipt.put("leaf_hash", log.tree(SIZE).leaf(1).toString()), "The event");
        refused(receipt -> ((ObjectNode) receipt.get("log")).put("origin", "other"), "The promise");
        refused(receipt -> receipt.put("promise", TestReceipt.promise(TestLog.ORIGIN, "AA==")), "The promise");
        refused(receipt -> receipt.put("promise", "x.y.z"), "The promise");
        refused(receipt -> receipt.put("proof", log.proof(INDEX + 1, SIZE, log.classic, log.quantum)), "The proof");
        refused(receipt -> receipt.put("proof", log.proof(INDEX, SIZE, log.classic)), "The checkpoint");
        refused(receipt -> receipt.put("proof", log.proof(INDEX, SIZE, log.witness)), "The checkpoint");
        refused(receipt -> receipt.put("proof", "c2sp.org/tlog-proof@v1\n"), "The proof");
        refused(receipt -> receipt.remove("proof"), "The proof");
        refused(receipt -> receipt.put("state", "erased"), "The receipt");
        refused(receipt -> receipt.put("receipt", "consentry.receipt/v2"), "The receipt");
        refused(receipt -> receipt.put("more", true), "The receipt");
    }

    @Test
    void aProofOfALogThatNobodyBelievesIsRefused(@TempDir Path other) {
        String policy = new TestLog(other).policy();

        assertThat(check(included(), policy).verdict())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("signed by no log of the policy"));
    }

    @Test
    void whatIsNoReceiptIsRefusedAndNothingThrows() {
        for (String file : new String[] {
            "",
            "null",
            "[]",
            "{}",
            "{\"receipt\":1}",
            "{\"a\":1,\"a\":2}",
            "{} {}",
            "[".repeat(100_000),
            "{\"x\":1e999999999}",
            included().toString().replace("\"v\":1", "\"v\":1e999"),
            included().toString().replace("person", "\\ud800")
        }) {
            assertThat(ReceiptCheck.receipt(
                                    file.getBytes(StandardCharsets.UTF_8), Policy.parse(log.policy()), Optional.empty())
                            .verdict())
                    .as(file.substring(0, Math.min(60, file.length())))
                    .isInstanceOf(Refused.class);
        }
        assertThat(ReceiptCheck.receipt(new byte[2_000_000], Policy.parse(log.policy()), Optional.empty())
                        .verdict())
                .isInstanceOf(Refused.class);
    }

    @Test
    void aPlainProofIsCheckedWithItsEntry() {
        String proof = log.proof(INDEX, SIZE, log.classic, log.quantum);

        assertThat(ReceiptCheck.proof(proof, TestReceipt.entry(), Policy.parse(log.policy()))
                        .verdict())
                .isInstanceOf(Included.class);
        assertThat(ReceiptCheck.proof(proof, TestLog.entry(INDEX), Policy.parse(log.policy()))
                        .verdict())
                .isInstanceOf(Refused.class);
    }

    private void refused(Consumer<ObjectNode> change, String step) {
        ObjectNode receipt = included();
        change.accept(receipt);

        ReceiptReport report = check(receipt, log.policy());

        assertThat(report.verdict()).isInstanceOf(Refused.class);
        assertThat(report.steps().getLast()).satisfies(last -> {
            assertThat(last.what()).isEqualTo(step);
            assertThat(last.state()).isEqualTo(Step.State.FAILS);
        });
    }

    private static ObjectNode included() {
        return TestReceipt.included(log, INDEX, SIZE, log.classic, log.quantum);
    }

    private static ReceiptReport check(ObjectNode receipt, String policy) {
        return ReceiptCheck.receipt(TestReceipt.bytes(receipt), Policy.parse(policy), Optional.of(TestReceipt.keys()));
    }
}
