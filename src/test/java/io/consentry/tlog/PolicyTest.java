package io.consentry.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final NoteSigner LOG = signer("log.example/2026", SignatureType.ED25519);
    private static final List<NoteSigner> WITNESSES = IntStream.range(0, 5)
            .mapToObj(i -> signer("witness.example/" + i, SignatureType.ED25519_COSIGNATURE))
            .toList();
    private static final List<byte[]> ENTRIES = new DefinedTree(300).entries();
    private static final TiledTree TREE = MemoryTiles.of(ENTRIES).tree();

    private static final String KEYS = "log " + LOG.verifier() + "\n"
            + "witness X1 " + WITNESSES.get(0).verifier() + "\n"
            + "witness X2 " + WITNESSES.get(1).verifier() + " https://witness.example/1\n"
            + "witness X3 " + WITNESSES.get(2).verifier() + "\n"
            + "\t# the second organisation\n\n"
            + "witness Y1 " + WITNESSES.get(3).verifier() + "\n"
            + "witness Y2 " + WITNESSES.get(4).verifier() + "\n";
    private static final Policy TWO_LEVELS =
            Policy.parse(KEYS + "group X 2 X1 X2 X3\ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both\n");

    private static NoteSigner signer(String name, SignatureType type) {
        return NoteSigner.of(name, type, NoteSigner.newKeyPair(type));
    }

    private static SignedNote signedBy(NoteSigner log, int... witnesses) {
        String text = Checkpoint.of("log.example/2026", 300, TREE.root()).text();
        return new SignedNote(text, List.of(log.sign(text, NOW)))
                .with(IntStream.of(witnesses)
                        .mapToObj(i -> WITNESSES.get(i).sign(text, NOW))
                        .toList());
    }

    @Test
    @Requirement("C2SP-tlog-policy")
    void aQuorumOfTwoLevelsNeedsBoth() {
        assertThat(TWO_LEVELS.judge(signedBy(LOG, 0, 2, 4))).isInstanceOf(Policy.Verdict.Accepted.class);
        assertThat(TWO_LEVELS.judge(signedBy(LOG, 0, 1, 2)))
                .isEqualTo(new Policy.Verdict.Unwitnessed(
                        Checkpoint.of("log.example/2026", 300, TREE.root()), Set.of("X1", "X2", "X3")));
        assertThat(TWO_LEVELS.judge(signedBy(LOG, 0, 3, 4))).isInstanceOf(Policy.Verdict.Unwitnessed.class);
        assertThat(TWO_LEVELS.judge(signedBy(LOG))).isInstanceOf(Policy.Verdict.Unwitnessed.class);
    }

    @Test
    void whatAPolicyAsksForIsWrittenAsItIsRead() {
        String lines = PolicyText.of(
                TWO_LEVELS.witnesses().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, witness -> witness.getValue().key())),
                TWO_LEVELS.quorum());

        assertThat(Policy.parse(lines).quorum()).isEqualTo(TWO_LEVELS.quorum());
        assertThat(Policy.parse(lines).witnesses()).containsOnlyKeys("X1", "X2", "X3", "Y1", "Y2");
        assertThat(lines).doesNotContain("https://");
        assertThat(PolicyText.of(Map.of(), new Quorum.None())).isEqualTo("quorum none\n");
    }

    @Test
    void aCheckpointOfNoLogThatIsBelievedIsRefused() {
        NoteSigner stranger = signer("log.example/2026", SignatureType.ED25519);

        assertThat(TWO_LEVELS.judge(signedBy(stranger, 0, 1, 2, 3, 4))).isInstanceOf(Policy.Verdict.Refused.class);
    }

    @Test
    void oneCosignatureThatIsNotValidSpoilsTheWhole() {
        SignedNote note = signedBy(LOG, 0, 1, 3);
        byte[] bytes = note.signatures().get(1).bytes();
        bytes[20] ^= 1;
        var forged = new NoteSignature(
                note.signatures().get(1).name(), note.signatures().get(1).keyId(), bytes);
        var spoilt = new SignedNote(
                note.text(),
                List.of(
                        note.signatures().get(0),
                        forged,
                        note.signatures().get(2),
                        note.signatures().get(3)));

        assertThat(TWO_LEVELS.judge(spoilt)).isInstanceOf(Policy.Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum nobody\n",
                "quorum none\nquorum none\n",
                "group g 0 X1\nquorum g\n",
                "group g 3 X1 X2\nquorum g\n",
                "group g any\nquorum g\n",
                "group g any X1 X1\nquorum g\n",
                "group g any X1\ngroup h any X1 X2\nquorum g\n",
                "group g any later\ngroup later any X1\nquorum g\n",
                "group none any X1\nquorum none\n",
                "group X1 any X2\nquorum X1\n",
                "group g 99999999999 X1 X2\nquorum g\n",
                "threshold 2\nquorum none\n",
                "witness Z\nquorum none\n",
                "quorum none\r\n"
            })
    void aPolicyThatIsNotOneIsRefused(String rest) {
        assertThatThrownBy(() -> Policy.parse(KEYS + rest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement("C2SP-tlog-proof")
    void aProofIsReadAsItWasWrittenAndIncludesItsLeafAlone() {
        var proof = new TlogProof(
                Optional.of(new byte[] {1, 2}), 77, TREE.inclusion(77).path(), signedBy(LOG, 0));

        TlogProof read = TlogProof.parse(proof.format());

        assertThat(read.format()).isEqualTo(proof.format());
        assertThat(read.includes(Hash.ofLeaf(ENTRIES.get(77)))).isTrue();
        assertThat(read.includes(Hash.ofLeaf(ENTRIES.get(78)))).isFalse();
        assertThat(new TlogProof(Optional.empty(), 300, read.path(), read.checkpoint()).includes(TREE.leaf(0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nextra x\nindex 0\n\n"
            })
    void whatIsNoProofIsRefused(String start) {
        assertThatThrownBy(() -> TlogProof.parse(start + signedBy(LOG).format()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
