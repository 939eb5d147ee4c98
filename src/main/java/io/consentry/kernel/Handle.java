package io.consentry.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that stands for a row: an access token, an authorization code, a session cookie.
 *
 * <p>One that leads to a grant begins with the number of the grant's log and a dot; the hash covers that, too, so the same secret behind
 * another number is another handle, and unknown.
 *
 * <p>256 random bits in base64url, where FAPI 2.0 §5.4.1-4 and RFC 6749 §10.10 want 128. Only its hash is stored, so a copy of the database opens nothing. It does not print.
 */
public record Handle(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one from the system's random source. */
    public static Handle random() {
        return new Handle(text(secret()));
    }

    /** A new one that leads to a grant in this log, or to the request for it. */
    public static Handle random(LogNumber log) {
        return of(log, secret());
    }

    /** The same, of a secret that the caller vouches for. */
    public static Handle of(LogNumber log, byte[] secret) {
        return new Handle(log + "." + text(secret));
    }

    private static byte[] secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** SHA-256 of the text: the key of its row. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Handle[redacted]";
    }
}
