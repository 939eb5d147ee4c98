package io.consentry.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final String CHECKPOINT =
            Checkpoint.of("log.example/2026", 0, Hash.EMPTY_TREE).text();

    /** Key and note of the specification's example: made by another implementation. */
    private static final VerifierKey PUBLISHED =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private static final String PUBLISHED_NOTE = "This is an example message.\n\n"
            + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    @Test
    @Requirement("C2SP-signed-note")
    void theSpecificationsOwnNoteIsVerified() {
        assertThat(SignedNote.parse(PUBLISHED_NOTE).signaturesOf(PUBLISHED)).hasSize(1);
    }

    @Test
    void aNoteOfOtherTextIsOfNobody() {
        SignedNote altered = SignedNote.parse(PUBLISHED_NOTE.replace("message", "Message"));

        assertThatThrownBy(() -> altered.signaturesOf(PUBLISHED)).isInstanceOf(InvalidSignatureException.class);
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("C2SP-tlog-cosignature")
    void everyKindOfSignatureIsVerifiedByItsKeyAlone(SignatureType type) {
        NoteSigner signer = NoteSigner.of("witness.example/w1", type, NoteSigner.newKeyPair(type));
        NoteSigner other = NoteSigner.of("witness.example/w1", type, NoteSigner.newKeyPair(type));
        var note = new SignedNote(CHECKPOINT, java.util.List.of(signer.sign(CHECKPOINT, NOW)));

        SignedNote read = SignedNote.parse(note.format().getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(note);
        VerifierKey published = VerifierKey.parse(signer.verifier().toString());
        assertThat(published).isEqualTo(signer.verifier());
        assertThat(read.signaturesOf(published)).hasSize(1);
        assertThat(read.signaturesOf(other.verifier())).as("of another key").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedByteOfASignatureIsNoticed(SignatureType type) {
        NoteSigner signer = NoteSigner.of("witness.example/w1", type, NoteSigner.newKeyPair(type));
        NoteSignature signature = signer.sign(CHECKPOINT, NOW);
        for (int i = 0; i < signature.bytes().length; i += type == SignatureType.ML_DSA_44_COSIGNATURE ? 13 : 1) {
            byte[] flipped = signature.bytes();
            flipped[i] ^= 1;
            var note = new SignedNote(
                    CHECKPOINT, java.util.List.of(new NoteSignature(signature.name(), signature.keyId(), flipped)));

            assertThatThrownBy(() -> note.signaturesOf(signer.verifier()))
                    .as("byte %d", i)
                    .isInstanceOf(InvalidSignatureException.class);
        }
    }

    @Test
    void aCosignatureSaysWhenItWasMade() {
        SignatureType type = SignatureType.ED25519_COSIGNATURE;
        NoteSigner witness = NoteSigner.of("witness.example/w1", type, NoteSigner.newKeyPair(type));

        assertThat(VerifierKey.timeOf(witness.sign(CHECKPOINT, NOW))).isEqualTo(NOW.getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n— name AAAAAAE=",
                "text\n\n- name AAAAAAE=\n",
                "text\n\n— AAAAAAE=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— na+me AAAAAAE=\n",
                "text\n\n— name AAAAAAF=\n",
                "te\txt\n\n— name AAAAAAE=\n",
                "text\n\n— name AAAAAAE=\nmore\n",
                "text\n\n— name AAAAAAE=\r— name AAAAAAE=\n",
                "text\n\n— name AAAAAAE=\r\n"
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNoteThatIsNotUtf8IsRefused() {
        byte[] bytes = PUBLISHED_NOTE.getBytes(StandardCharsets.UTF_8);
        bytes[3] = (byte) 0xFF;

        assertThatThrownBy(() -> SignedNote.parse(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+CekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+Aeky",
                "example.com/foo+530d903a"
            })
    void aVerifierKeyThatIsNotWhatItSaysIsRefused(String vkey) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(IllegalArgumentException.class);
    }
}
