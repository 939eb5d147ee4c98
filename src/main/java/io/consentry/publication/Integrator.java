package io.consentry.publication;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileSource;
import io.consentry.tlog.TiledTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds to the tiles of one log what its order has grown by. Tiles never change, so whoever crashes in the middle, or does the same at
 * the same time, leaves what the next one would write again.
 */
final class Integrator {

    private final Entries order;
    private final LogFiles files;

    Integrator(Entries order, LogFiles files) {
        this.order = order;
        this.files = files;
    }

    /** The order of a log. */
    @FunctionalInterface
    interface Entries {

        /** The entries {@code [start, end)}; fewer when there are fewer. */
        List<byte[]> read(long start, long end);
    }

    /**
     * Writes the tiles of the tree of {@code size} entries that goes on from a head, and tells its root. The last entries before the
     * head are read again: what the head was made of must still be there.
     *
     * @throws InconsistentTreeException when the database has other entries than those that were published
     */
    Hash grow(Checkpoint head, long size) {
        Edge edge = read(head, size);
        for (Tile tile : Tile.added(head.size(), size)) {
            files.create(tile, edge.tile(tile));
        }
        return new TiledTree(size, edge).root();
    }

    /** Holds the last entries of a head against the database, and writes nothing. */
    void verify(Checkpoint head) {
        read(head, head.size());
    }

    /** Full tiles have taken the place of the partial ones before them. */
    void removePartials(long before, long size) {
        Tile.added(before, size).stream().filter(Tile::isFull).forEach(files::removePartials);
    }

    private Edge read(Checkpoint head, long size) {
        long start = Math.max(head.size() - 1, 0) / Tile.FULL * Tile.FULL;
        List<byte[]> entries = order.read(start, size);
        if (entries.size() != size - start) {
            throw new InconsistentTreeException(
                    "the database has " + entries.size() + " entries from " + start + " on, not " + (size - start));
        }
        var edge = new Edge(files);
        edge.add(start, entries, head.size());
        if (head.size() > 0 && !new TiledTree(head.size(), edge).root().equals(head.root())) {
            throw new InconsistentTreeException(
                    "the database has other entries before " + head.size() + " than those that were published");
        }
        return edge;
    }

    /** The tiles at the right edge of a tree, made anew; left of it those of the store. */
    private static final class Edge implements TileSource {

        private final TileSource store;
        private final Map<Tile, byte[]> fresh = new HashMap<>();

        Edge(TileSource store) {
            this.store = store;
        }

        /** From an entry with which a tile begins. */
        void add(long start, List<byte[]> entries, long before) {
            for (int i = 0; i < entries.size(); i += Tile.FULL) {
                put(Tile.ENTRIES, start + i, EntryBundle.format(within(entries, i)));
            }
            addLevel(0, start, entries.stream().map(Hash::ofLeaf).toList(), before);
        }

        private void addLevel(int level, long start, List<Hash> hashes, long before) {
            var above = new ArrayList<Hash>();
            for (int i = 0; i < hashes.size(); i += Tile.FULL) {
                List<Hash> tile = within(hashes, i);
                put(level, start + i, Hash.join(tile));
                if (tile.size() == Tile.FULL) {
                    above.add(Hash.ofSubtree(tile));
                }
            }
            long startAbove = start / Tile.FULL;
            int known = (int) (startAbove % Tile.FULL);
            if (known + above.size() > 0) {
                var all = new ArrayList<>(stored(level + 1, startAbove, known, before));
                all.addAll(above);
                addLevel(level + 1, startAbove - known, all, before);
            }
        }

        /** The hashes of a level that lie in the same tile before a place. */
        private List<Hash> stored(int level, long place, int count, long before) {
            return count == 0
                    ? List.of()
                    : Hash.split(store.read(Tile.in(before, level, place / Tile.FULL)))
                            .subList(0, count);
        }

        private static <T> List<T> within(List<T> all, int start) {
            return all.subList(start, Math.min(start + Tile.FULL, all.size()));
        }

        private void put(int level, long start, byte[] content) {
            fresh.put(new Tile(level, start / Tile.FULL, Tile.FULL), content);
        }

        byte[] tile(Tile tile) {
            byte[] known = fresh.get(tile.full());
            if (known == null) {
                throw new IllegalStateException("a tile that was not made: " + tile.path());
            }
            return known;
        }

        @Override
        public byte[] read(Tile tile) {
            byte[] known = fresh.get(tile.full());
            return known != null ? known : store.read(tile);
        }
    }
}
