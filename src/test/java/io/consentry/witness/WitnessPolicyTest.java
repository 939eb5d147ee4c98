package io.consentry.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.cosigner.TestLog;
import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.Policy;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WitnessPolicyTest {

    private static final TestLog LOG = TestLog.ofEd25519("log.example/2026");
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final NoteSigner one = signer("w.example/1", SignatureType.ED25519_COSIGNATURE);
    private final NoteSigner two = signer("w.example/2", SignatureType.ED25519_COSIGNATURE);
    private final NoteSigner three = signer("w.example/3", SignatureType.ED25519_COSIGNATURE);

    private static NoteSigner signer(String name, SignatureType type) {
        return NoteSigner.of(name, type, NoteSigner.newKeyPair(type));
    }

    private static WitnessPolicy read(String lines) {
        return WitnessPolicy.of(Policy.parse(lines));
    }

    private WitnessPolicy twoOfThree() {
        return read("witness a " + one.verifier() + " http://127.0.0.1:1/\nwitness b " + two.verifier()
                + " https://w.example/two\nwitness c " + three.verifier()
                + " https://w.example/two\ngroup g 2 a b c\nquorum g\n");
    }

    @Test
    void oneAddressIsAskedOnceForAllItsKeys() {
        assertThat(twoOfThree().addresses())
                .containsOnlyKeys(
                        URI.create("http://127.0.0.1:1/add-checkpoint"),
                        URI.create("https://w.example/two/add-checkpoint"))
                .containsValue(Set.of("b", "c"));
    }

    @Test
    void aPolicyThatCannotBeFollowedIsRefused() {
        NoteSigner plain = signer("w.example/1", SignatureType.ED25519);

        assertThatThrownBy(() -> read("witness a " + one.verifier() + "\nquorum a\n"))
                .hasMessageContaining("quorum cannot be met");
        assertThatThrownBy(() -> read("witness a " + plain.verifier() + " http://127.0.0.1:1\nquorum a\n"))
                .hasMessageContaining("not one for cosignatures");
        assertThatThrownBy(() -> read("witness a " + one.verifier() + " file:///etc\nquorum a\n"))
                .hasMessageContaining("not one of http or https");
        assertThatThrownBy(() -> WitnessPolicy.read(Path.of("/nowhere")))
                .hasMessage("CONSENTRY_LEDGER_WITNESSES names /nowhere, which cannot be read.");
    }

    @Test
    void whoAsksForNobodyMissesNobody() {
        assertThat(WitnessPolicy.NONE.asksForWitnesses()).isFalse();
        assertThat(read("witness a " + one.verifier() + " http://127.0.0.1:1\nquorum none\n")
                        .asksForWitnesses())
                .isFalse();
        assertThat(twoOfThree().asksForWitnesses()).isTrue();
    }

    /** Neither a witness whose clock is ahead nor one whose clock is behind decides when a quorum has seen it. */
    @Test
    void aQuorumsTimeIsThatOfItsLast() {
        assertThat(seen(one, NOON)).isEmpty();
        assertThat(twoOfThree().seenAt(signed(sign(one, NOON), sign(two, NOON.minusSeconds(5)))))
                .hasValue(NOON.minusSeconds(5));
        assertThat(twoOfThree()
                        .seenAt(signed(
                                sign(one, NOON),
                                sign(two, NOON.minusSeconds(5)),
                                sign(three, NOON.plusSeconds(1_000_000)))))
                .hasValue(NOON);
        assertThat(twoOfThree()
                        .seenAt(signed(
                                sign(one, NOON),
                                sign(two, NOON.minusSeconds(5)),
                                sign(three, Instant.ofEpochSecond(1)))))
                .hasValue(NOON.minusSeconds(5));
    }

    @Test
    void aWrongCosignatureMakesTheNoteWorthless() {
        NoteSignature good = sign(one, NOON);
        byte[] wrong = good.bytes();
        wrong[30] ^= 1;

        assertThat(twoOfThree()
                        .seenAt(signed(
                                new NoteSignature(good.name(), good.keyId(), wrong),
                                sign(two, NOON),
                                sign(three, NOON))))
                .isEmpty();
    }

    private java.util.Optional<Instant> seen(NoteSigner signer, Instant at) {
        return twoOfThree().seenAt(signed(sign(signer, at)));
    }

    private static NoteSignature sign(NoteSigner signer, Instant at) {
        return signer.sign(LOG.checkpoint(5).text(), at);
    }

    private static SignedNote signed(NoteSignature... signatures) {
        return LOG.checkpoint(5).with(List.of(signatures));
    }
}
