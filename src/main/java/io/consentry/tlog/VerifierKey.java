package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** A public key for notes, with its name and kind: what a verifier knows beforehand (C2SP signed-note, "verifier keys"). */
public final class VerifierKey {

    private final String name;
    private final SignatureType type;
    private final byte[] raw;
    private final PublicKey key;

    private VerifierKey(String name, SignatureType type, byte[] raw) {
        if (!NoteSignature.isName(name) || raw.length != type.keyBytes()) {
            throw new IllegalArgumentException("no key of type " + type + ": " + name);
        }
        this.name = name;
        this.type = type;
        this.raw = raw;
        try {
            this.key = KeyFactory.getInstance(type.algorithm(), type.provider())
                    .generatePublic(new X509EncodedKeySpec(concat(type.keyPrefix(), raw)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of type " + type + ": " + name, e);
        }
    }

    static VerifierKey of(String name, SignatureType type, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(
                name, type, Arrays.copyOfRange(encoded, encoded.length - type.keyBytes(), encoded.length));
    }

    /** Reads {@code name+id+key}; throws {@code IllegalArgumentException} for anything else, a wrong id included. */
    public static VerifierKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is name+id+key");
        }
        byte[] material = CanonicalBase64.decode(parts[2]);
        if (material.length == 0) {
            throw new IllegalArgumentException("a verifier key without a key");
        }
        var key = new VerifierKey(
                parts[0], SignatureType.ofCode(material[0]), Arrays.copyOfRange(material, 1, material.length));
        if (!key.toString().equals(vkey)) {
            throw new IllegalArgumentException("the id of this verifier key is not its own");
        }
        return key;
    }

    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    /** Whether it is the same key, whatever its name and use. */
    boolean hasSameMaterialAs(VerifierKey other) {
        return Arrays.equals(raw, other.raw);
    }

    /** The first four bytes of {@code SHA-256(name ‖ 0x0A ‖ type ‖ key)}. */
    int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update((byte) type.code());
            return ByteBuffer.wrap(digest.digest(raw)).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    boolean isNamedBy(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /** Whether this key made that signature of that text. */
    boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.bytes();
        if (bytes.length != type.signatureBytes()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(type.algorithm(), type.provider());
            verifier.initVerify(key);
            long time = type.hasTime() ? timeOf(signature) : 0;
            verifier.update(SignedMessage.of(type, name, time, text));
            int start = type.hasTime() ? Long.BYTES : 0;
            return verifier.verify(bytes, start, bytes.length - start);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** When a cosignature was made, in seconds since the epoch; it is covered by the signature. */
    public static long timeOf(NoteSignature cosignature) {
        return ByteBuffer.wrap(cosignature.bytes()).getLong();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(raw));
    }

    /** {@code name+id+key}, as it is published. */
    @Override
    public String toString() {
        byte[] code = {(byte) type.code()};
        return name + '+' + HexFormat.of().toHexDigits(id()) + '+' + CanonicalBase64.encode(concat(code, raw));
    }
}
