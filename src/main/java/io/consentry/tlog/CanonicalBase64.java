package io.consentry.tlog;

import java.util.Base64;

/** Standard base64 with padding (RFC 4648 §4), of which each value has one form: what has two could be altered unseen. */
public final class CanonicalBase64 {

    private CanonicalBase64() {}

    /** Throws {@code IllegalArgumentException} for anything but that one form. */
    public static byte[] decode(String text) {
        byte[] decoded = Base64.getDecoder().decode(text);
        if (!encode(decoded).equals(text)) {
            throw new IllegalArgumentException("base64 that is not in its canonical form");
        }
        return decoded;
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
