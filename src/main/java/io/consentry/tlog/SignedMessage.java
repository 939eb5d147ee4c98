package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a signature of each kind is made over. */
final class SignedMessage {

    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    private SignedMessage() {}

    /**
     * Of a note's text, which must be a checkpoint for a cosignature.
     *
     * @param time in seconds since the epoch; 0 for a kind without one
     */
    static byte[] of(SignatureType type, String name, long time, String text) {
        return switch (type) {
            case ED25519 -> utf8(text);
            case ED25519_COSIGNATURE -> utf8("cosignature/v1\ntime " + positive(time) + '\n' + text);
            case ML_DSA_44_COSIGNATURE -> subtree(name, positive(time), Checkpoint.parse(text));
        };
    }

    private static byte[] subtree(String name, long time, Checkpoint checkpoint) {
        byte[] cosigner = utf8(name);
        byte[] origin = utf8(checkpoint.origin());
        if (cosigner.length > 255 || origin.length > 255) {
            throw new IllegalArgumentException("names in a cosignature have at most 255 bytes");
        }
        return ByteBuffer.allocate(
                        SUBTREE_LABEL.length + 1 + cosigner.length + 8 + 1 + origin.length + 8 + 8 + Hash.BYTES)
                .put(SUBTREE_LABEL)
                .put((byte) cosigner.length)
                .put(cosigner)
                .putLong(time)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root().bytes())
                .array();
    }

    private static long positive(long time) {
        if (time <= 0) {
            throw new IllegalArgumentException("a cosignature of a checkpoint has a time");
        }
        return time;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
