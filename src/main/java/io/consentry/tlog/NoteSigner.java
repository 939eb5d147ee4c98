package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;

/** Signs notes under one name with one key. */
public final class NoteSigner {

    private final VerifierKey verifier;
    private final PrivateKey key;

    private NoteSigner(VerifierKey verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    /** With this key pair, whose algorithm must be that of the type. */
    public static NoteSigner of(String name, SignatureType type, KeyPair pair) {
        return new NoteSigner(VerifierKey.of(name, type, pair.getPublic()), pair.getPrivate());
    }

    /** With a private key that was kept, in PKCS #8; throws {@code IllegalArgumentException} when it is not the other half. */
    public static NoteSigner of(VerifierKey verifier, byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance(
                            verifier.type().algorithm(), verifier.type().provider())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var signer = new NoteSigner(verifier, key);
            String trial = Checkpoint.of(verifier.name(), 0, Hash.EMPTY_TREE).text();
            if (!verifier.verifies(trial, signer.sign(trial, Instant.ofEpochSecond(1)))) {
                throw new IllegalArgumentException("the private key is not that of " + verifier.name());
            }
            return signer;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no private key of " + verifier.name(), e);
        }
    }

    /** A new key pair for signatures of a type. */
    public static KeyPair newKeyPair(SignatureType type) {
        try {
            return KeyPairGenerator.getInstance(type.algorithm(), type.provider())
                    .generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(type.algorithm() + " is part of the JDK", e);
        }
    }

    /** What others need to verify. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** The signature of a text; of a checkpoint and this time, if its kind has one. */
    public NoteSignature sign(String text, Instant now) {
        SignatureType type = verifier.type();
        long time = type.hasTime() ? now.getEpochSecond() : 0;
        try {
            Signature signer = Signature.getInstance(type.algorithm(), type.provider());
            signer.initSign(key);
            signer.update(SignedMessage.of(type, verifier.name(), time, text));
            byte[] signature = signer.sign();
            byte[] bytes = type.hasTime()
                    ? ByteBuffer.allocate(Long.BYTES + signature.length)
                            .putLong(time)
                            .put(signature)
                            .array()
                    : signature;
            return new NoteSignature(verifier.name(), verifier.id(), bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that does not sign: " + verifier.name(), e);
        }
    }
}
