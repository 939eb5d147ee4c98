package io.consentry.ledger;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the log shows of an event: {@code entry = 0x01 ‖ HMAC-SHA-256(opening, canonical event)}, and its leaf hash
 * {@code SHA-256(0x00 ‖ entry)} (RFC 6962 §2.1).
 *
 * <p>The opening is 32 random bytes for each event. Whoever lacks it cannot tell which event an entry stands for, not even
 * by trying all possible events; whoever has it and the event can show that they belong together.
 */
record Commitment(byte[] entry) {

    static final int OPENING_BYTES = 32;
    private static final byte VERSION = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    static byte[] newOpening() {
        byte[] opening = new byte[OPENING_BYTES];
        RANDOM.nextBytes(opening);
        return opening;
    }

    static Commitment to(byte[] canonicalEvent, byte[] opening) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(opening, "HmacSHA256"));
            byte[] entry = new byte[33];
            entry[0] = VERSION;
            System.arraycopy(mac.doFinal(canonicalEvent), 0, entry, 1, 32);
            return new Commitment(entry);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of the JDK", e);
        }
    }

    byte[] leafHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) 0);
            return digest.digest(entry);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    boolean covers(byte[] canonicalEvent, byte[] opening) {
        return MessageDigest.isEqual(entry, to(canonicalEvent, opening).entry);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Commitment that && Arrays.equals(entry, that.entry);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entry);
    }
}
