package io.consentry.tlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All tiles of a log in memory, made from its entries. */
final class MemoryTiles implements TileSource {

    private final Map<String, byte[]> tiles = new HashMap<>();
    private final long size;

    private MemoryTiles(long size) {
        this.size = size;
    }

    static MemoryTiles of(List<byte[]> entries) {
        var memory = new MemoryTiles(entries.size());
        List<Hash> hashes = entries.stream().map(Hash::ofLeaf).toList();
        for (int level = 0; !hashes.isEmpty(); level++) {
            for (int start = 0; start < hashes.size(); start += Tile.FULL) {
                List<Hash> within = hashes.subList(start, Math.min(start + Tile.FULL, hashes.size()));
                memory.tiles.put(new Tile(level, start / Tile.FULL, within.size()).path(), Hash.join(within));
            }
            List<Hash> below = hashes;
            hashes = IntStream.range(0, below.size() / Tile.FULL)
                    .mapToObj(i -> Hash.ofSubtree(below.subList(i * Tile.FULL, (i + 1) * Tile.FULL)))
                    .toList();
        }
        for (int start = 0; start < entries.size(); start += Tile.FULL) {
            List<byte[]> within = entries.subList(start, Math.min(start + Tile.FULL, entries.size()));
            memory.tiles.put(
                    new Tile(Tile.ENTRIES, start / Tile.FULL, within.size()).path(), EntryBundle.format(within));
        }
        return memory;
    }

    TiledTree tree() {
        return new TiledTree(size, this);
    }

    /** With the tile as it is in a smaller tree cut from the one that is here, as a log does that removed partial ones. */
    @Override
    public byte[] read(Tile tile) {
        byte[] found = tiles.get(tile.path());
        if (found == null) {
            throw new InconsistentTreeException("there is no tile " + tile.path());
        }
        return found;
    }
}
