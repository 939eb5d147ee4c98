package io.consentry.cosigner;

import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys of a witness: one of Ed25519 and one of ML-DSA-44, made on the first start. Each lies in a file that its owner alone may
 * read: the verifier key on one line, the private key in PKCS #8 and base64 on the next.
 */
final class CosignerKeys {

    private static final List<SignatureType> KINDS =
            List.of(SignatureType.ED25519_COSIGNATURE, SignatureType.ML_DSA_44_COSIGNATURE);

    private final List<NoteSigner> signers;

    private CosignerKeys(List<NoteSigner> signers) {
        this.signers = List.copyOf(signers);
    }

    /** Reads them, or makes them; throws {@code IllegalStateException} for a file that cannot be relied on, or of another name. */
    static CosignerKeys open(Path folder, String name) throws IOException {
        DurableFile.makeFolder(folder);
        return new FolderLock(folder).during(() -> {
            var signers = new ArrayList<NoteSigner>();
            for (SignatureType kind : KINDS) {
                Path file = folder.resolve(kind.name().toLowerCase(java.util.Locale.ROOT) + ".key");
                if (!Files.exists(file)) {
                    make(file, name, kind);
                }
                signers.add(read(file, name, kind));
            }
            return new CosignerKeys(signers);
        });
    }

    private static void make(Path file, String name, SignatureType kind) throws IOException {
        KeyPair pair = NoteSigner.newKeyPair(kind);
        String lines = NoteSigner.of(name, kind, pair).verifier() + "\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n";
        DurableFile.write(file, lines.getBytes(StandardCharsets.US_ASCII));
    }

    private static NoteSigner read(Path file, String name, SignatureType kind) throws IOException {
        if (!DurableFile.isPrivate(file)) {
            throw new IllegalStateException("Others than its owner may read " + file + ". Set its mode to 600.");
        }
        NoteSigner signer;
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            signer = NoteSigner.of(
                    VerifierKey.parse(lines.get(0)), Base64.getDecoder().decode(lines.get(1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("The key in " + file + " cannot be read.", e);
        }
        VerifierKey key = signer.verifier();
        if (!key.name().equals(name) || key.type() != kind) {
            throw new IllegalStateException(
                    "The key in " + file + " is of " + key.name() + ", and not of " + name + ".");
        }
        return signer;
    }

    /** What others need to verify. */
    List<VerifierKey> verifiers() {
        return signers.stream().map(NoteSigner::verifier).toList();
    }

    /** A signature by each. */
    List<NoteSignature> sign(String checkpoint, Instant now) {
        return signers.stream().map(signer -> signer.sign(checkpoint, now)).toList();
    }

    /** Whether each has signed; throws {@code InvalidSignatureException} when one says so and is wrong. */
    boolean haveSigned(SignedNote note) {
        return verifiers().stream().noneMatch(key -> note.signaturesOf(key).isEmpty());
    }
}
