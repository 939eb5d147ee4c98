package io.consentry.publication;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.Hash;
import io.consentry.tlog.Subtrees;
import io.consentry.tlog.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes every tile of a log anew from its order and holds it against the one that was published, and the root against the head. Memory
 * grows by a hash for each 256 entries.
 */
final class TileAudit implements Subtrees {

    private static final int CHUNK = Tile.FULL * Tile.FULL;

    private final Integrator.Entries order;
    private final LogFiles files;
    private final Checkpoint head;
    private final List<String> problems = new ArrayList<>();

    /** By level of tiles, all hashes of the level; of level 0 those of the last tile alone. */
    private final List<List<Hash>> levels = new ArrayList<>();

    TileAudit(Integrator.Entries order, LogFiles files, Checkpoint head) {
        this.order = order;
        this.files = files;
        this.head = head;
    }

    /** One sentence for each thing that is wrong, with its place; empty when all is well. */
    List<String> problems() {
        levels.add(List.of());
        levels.add(new ArrayList<>());
        for (long start = 0; start < head.size(); start += CHUNK) {
            long end = Math.min(start + CHUNK, head.size());
            List<byte[]> entries = order.read(start, end);
            if (entries.size() != end - start) {
                return List.of("the order has " + entries.size() + " entries from " + start + " on, where "
                        + (end - start) + " were published");
            }
            for (int i = 0; i < entries.size(); i += Tile.FULL) {
                checkEntries((start + i) / Tile.FULL, entries.subList(i, Math.min(i + Tile.FULL, entries.size())));
            }
        }
        for (int level = 1; !levels.get(level).isEmpty(); level++) {
            levels.add(checkLevel(level, levels.get(level)));
        }
        if (!root(head.size()).equals(head.root())) {
            problems.add("the root over the order is not that of the head, of " + head.size() + " entries");
        }
        return problems;
    }

    private void checkEntries(long index, List<byte[]> entries) {
        List<Hash> leaves = entries.stream().map(Hash::ofLeaf).toList();
        compare(new Tile(Tile.ENTRIES, index, entries.size()), EntryBundle.format(entries));
        compare(new Tile(0, index, entries.size()), Hash.join(leaves));
        if (entries.size() == Tile.FULL) {
            levels.get(1).add(Hash.ofSubtree(leaves));
        } else {
            levels.set(0, leaves);
        }
    }

    private List<Hash> checkLevel(int level, List<Hash> hashes) {
        var above = new ArrayList<Hash>();
        for (int i = 0; i < hashes.size(); i += Tile.FULL) {
            List<Hash> within = hashes.subList(i, Math.min(i + Tile.FULL, hashes.size()));
            compare(new Tile(level, i / Tile.FULL, within.size()), Hash.join(within));
            if (within.size() == Tile.FULL) {
                above.add(Hash.ofSubtree(within));
            }
        }
        return above;
    }

    /** The log may have grown meanwhile, and a full tile have taken the place of a partial one: it begins with the same. */
    private void compare(Tile tile, byte[] expected) {
        Optional<byte[]> found = files.find(tile).or(() -> files.find(tile.full()));
        if (found.isEmpty()) {
            problems.add("tile " + tile.path() + " is missing");
        } else if (found.get().length < expected.length
                || !Arrays.equals(found.get(), 0, expected.length, expected, 0, expected.length)) {
            problems.add("tile " + tile.path() + " is not what the order comes to");
        }
    }

    @Override
    public Hash complete(int level, long index) {
        int within = level % Byte.SIZE;
        List<Hash> hashes = levels.get(level / Byte.SIZE);
        long first = (index << within) - (level < Byte.SIZE ? head.size() / Tile.FULL * Tile.FULL : 0);
        return Hash.ofSubtree(hashes.subList((int) first, (int) first + (1 << within)));
    }
}
