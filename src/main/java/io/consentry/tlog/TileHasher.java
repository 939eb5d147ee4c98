package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Hashes a tile's worth at once, with one digest and without an object for each hash: for whoever recomputes a whole log. Each thread
 * needs one of its own.
 */
public final class TileHasher {

    private final MessageDigest digest;

    public TileHasher() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    /**
     * The leaf hashes of a bundle of exactly {@code entries} entries, of which the first {@code width} are wanted: what their tile of
     * level 0 holds.
     *
     * @throws InconsistentTreeException when the bundle holds another number of entries, or anything else
     */
    public byte[] leaves(byte[] bundle, int entries, int width) {
        byte[] hashes = new byte[width * Hash.BYTES];
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        int count = 0;
        for (; rest.hasRemaining(); count++) {
            int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                throw new InconsistentTreeException("it ends within entry " + count + " of its own");
            }
            if (count < width) {
                digest.update((byte) 0);
                digest.update(bundle, rest.position(), length);
                into(hashes, count);
            }
            rest.position(rest.position() + length);
        }
        if (count != entries) {
            throw new InconsistentTreeException("it holds " + count + " entries, not " + entries);
        }
        return hashes;
    }

    /** The hash over all of a full tile. */
    public byte[] over(byte[] tile) {
        if (tile.length != Tile.FULL * Hash.BYTES) {
            throw new IllegalArgumentException("a full tile has 256 hashes");
        }
        byte[] hashes = tile.clone();
        for (int count = Tile.FULL; count > 1; count /= 2) {
            for (int i = 0; i < count / 2; i++) {
                digest.update((byte) 1);
                digest.update(hashes, 2 * i * Hash.BYTES, 2 * Hash.BYTES);
                into(hashes, i);
            }
        }
        return Arrays.copyOf(hashes, Hash.BYTES);
    }

    private void into(byte[] hashes, int index) {
        try {
            digest.digest(hashes, index * Hash.BYTES, Hash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("there is room for a hash", e);
        }
    }
}
