package io.consentry.tlog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tree of one size, by its tiles. Remembers those that it read last, so neighbouring proofs read each of them once. What it
 * says is as true as the tiles: whoever does not trust them compares {@link #root()} with a checkpoint first.
 */
public final class TiledTree implements Subtrees {

    private static final int REMEMBERED = 64;

    private final long size;
    private final TileSource source;
    private final Map<Tile, byte[]> read = new LinkedHashMap<>(REMEMBERED, 0.75F, true);

    public TiledTree(long size, TileSource source) {
        this.size = size;
        this.source = source;
    }

    /** The root of the whole tree. */
    public Hash root() {
        return root(size);
    }

    /** Shows that the entry at an index is in this tree. */
    public InclusionProof inclusion(long index) {
        return InclusionProof.of(index, size, this);
    }

    /** Shows that this tree goes on from an earlier one. */
    public ConsistencyProof consistency(long earlier) {
        return ConsistencyProof.of(earlier, size, this);
    }

    /** The hash of an entry's leaf. */
    public Hash leaf(long index) {
        return complete(0, index);
    }

    /** The entry at an index. */
    public byte[] entry(long index) {
        int width = Tile.widthIn(size, Tile.ENTRIES, index >> Tile.HEIGHT);
        byte[] bundle = bytes(new Tile(Tile.ENTRIES, index >> Tile.HEIGHT, width));
        return EntryBundle.parse(bundle, width).get((int) (index % Tile.FULL));
    }

    @Override
    public Hash complete(int level, long index) {
        int within = level % Tile.HEIGHT;
        int tileLevel = level / Tile.HEIGHT;
        long first = index << within;
        byte[] hashes = tile(tileLevel, first >> Tile.HEIGHT);
        return over(hashes, (int) (first % Tile.FULL), 1 << within, level, index);
    }

    private static Hash over(byte[] hashes, int first, int count, int level, long index) {
        if ((first + count) * Hash.BYTES > hashes.length) {
            throw new InconsistentTreeException("a tile is too short for the subtree " + index + " of height " + level);
        }
        if (count == 1) {
            return Hash.at(hashes, first * Hash.BYTES, Hash.BYTES);
        }
        return Hash.ofNode(
                over(hashes, first, count / 2, level, index), over(hashes, first + count / 2, count / 2, level, index));
    }

    private byte[] tile(int level, long index) {
        int width = Tile.widthIn(size, level, index);
        if (width == 0) {
            throw new InconsistentTreeException(
                    "a tree of " + size + " entries has no tile " + index + " of level " + level);
        }
        return bytes(new Tile(level, index, width));
    }

    private byte[] bytes(Tile tile) {
        byte[] known = read.get(tile);
        if (known == null) {
            known = source.read(tile);
            if (read.size() == REMEMBERED) {
                read.remove(read.keySet().iterator().next());
            }
            read.put(tile, known);
        }
        return known;
    }
}
