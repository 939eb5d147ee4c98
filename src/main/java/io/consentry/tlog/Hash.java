package io.consentry.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** A SHA-256 hash of a Merkle tree (RFC 6962 §2.1): of an entry, of two hashes, or of nothing. */
public final class Hash {

    /** How long one is, in bytes. */
    public static final int BYTES = 32;

    /** The root of a tree without entries: the hash of the empty string. */
    public static final Hash EMPTY_TREE = new Hash(sha256().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** These 32 bytes; throws {@code IllegalArgumentException} for any other number of them. */
    public static Hash of(byte[] bytes) {
        return at(bytes, 0, bytes.length);
    }

    /** The hash at a place among others. */
    static Hash at(byte[] hashes, int offset, int length) {
        if (length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + length);
        }
        return new Hash(Arrays.copyOfRange(hashes, offset, offset + BYTES));
    }

    /** Reads standard base64 with padding, in its one canonical form; throws {@code IllegalArgumentException} for any other. */
    public static Hash parse(String base64) {
        return of(CanonicalBase64.decode(base64));
    }

    /** {@code SHA-256(0x00 ‖ entry)}. */
    public static Hash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return new Hash(digest.digest(entry));
    }

    /** {@code SHA-256(0x01 ‖ left ‖ right)}. */
    public static Hash ofNode(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** The hash over the leaves of a complete subtree, of which there are a power of two. */
    public static Hash ofSubtree(List<Hash> leaves) {
        int half = leaves.size() / 2;
        return half == 0
                ? leaves.getFirst()
                : ofNode(ofSubtree(leaves.subList(0, half)), ofSubtree(leaves.subList(half, leaves.size())));
    }

    /** The bytes of a tile with these hashes. */
    public static byte[] join(List<Hash> hashes) {
        byte[] joined = new byte[hashes.size() * BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(joined, i * BYTES);
        }
        return joined;
    }

    /** The hashes of a tile; throws {@link InconsistentTreeException} when its length is that of none. */
    public static List<Hash> split(byte[] tile) {
        if (tile.length % BYTES != 0) {
            throw new InconsistentTreeException("a tile of " + tile.length + " bytes");
        }
        return IntStream.range(0, tile.length / BYTES)
                .mapToObj(i -> at(tile, i * BYTES, BYTES))
                .toList();
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In base64, as checkpoints and proofs write it. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
