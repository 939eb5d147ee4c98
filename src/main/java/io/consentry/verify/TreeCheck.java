package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TiledTree;
import io.consentry.verify.Checked.Branch;
import io.consentry.verify.Checked.Doubt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/**
 * Recomputes every hash of a tree from its entries: each tile of level 0 by itself, several at once, then the levels above as their
 * tiles fill up. Holds a tile's worth of each level and what is on its way, however large the log is.
 */
final class TreeCheck {

    private static final int AT_ONCE = 16;

    private final Checkpoint checkpoint;
    private final LogFiles log;
    private final Optional<KeptCopy> copy;
    private final Problems problems;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, Checked> edge = new TreeMap<>();

    /** A level above 0: the tile that is filling up. */
    private static final class Row {
        private long index;
        private List<Branch> filled = new ArrayList<>();
    }

    TreeCheck(Checkpoint checkpoint, LogFiles log, Optional<KeptCopy> copy, Problems problems) {
        this.checkpoint = checkpoint;
        this.log = log;
        this.copy = copy;
        this.problems = problems;
    }

    /**
     * Recomputes what was not there at an earlier size. The tree of that size is taken from the copy, which was verified then.
     *
     * @param earlier 0 for the whole log
     */
    void run(long earlier, Progress progress) {
        for (int level = 1; level == 1 || checkpoint.size() >> (Tile.HEIGHT * level) > 0; level++) {
            rows.add(begin(level, earlier));
        }
        var leaves = new LeafCheck(checkpoint.size(), log, copy, problems);
        LongStream.range(earlier >> Tile.HEIGHT, (checkpoint.size() + Tile.FULL - 1) >> Tile.HEIGHT)
                .boxed()
                .gather(Gatherers.mapConcurrent(AT_ONCE, leaves::check))
                .forEachOrdered(leaf -> {
                    take(leaf);
                    progress.at(leaf.tile().start() + leaf.tile().width(), checkpoint.size());
                });
        for (int level = 1; level <= rows.size(); level++) {
            if (!row(level).filled.isEmpty()) {
                take(check(level));
            }
        }
        judgeEdge();
    }

    private Row row(int level) {
        return rows.get(level - 1);
    }

    private Row begin(int level, long earlier) {
        var row = new Row();
        row.index = earlier >> (Tile.HEIGHT * (level + 1));
        int width = Tile.widthIn(earlier, level, row.index);
        if (width > 0) {
            byte[] known = copy.orElseThrow().tiles(earlier).read(new Tile(level, row.index, width));
            for (int i = 0; i < width; i++) {
                row.filled.add(Branch.known(hash(known, i)));
            }
        }
        return row;
    }

    private void take(Checked tile) {
        if (!tile.tile().isFull()) {
            edge.put(tile.tile().level(), tile);
            return;
        }
        int above = tile.tile().level() + 1;
        row(above).filled.add(tile.branch());
        if (row(above).filled.size() == Tile.FULL) {
            Checked full = check(above);
            row(above).index++;
            row(above).filled = new ArrayList<>();
            take(full);
        }
    }

    /** Compares what a tile above level 0 has with what the tiles below it come to. */
    private Checked check(int level) {
        Row row = row(level);
        var tile = new Tile(level, row.index, row.filled.size());
        Optional<byte[]> served = LeafCheck.hashes(log, tile, problems);
        byte[] recomputed = new byte[row.filled.size() * Hash.BYTES];
        boolean isWhole = true;
        for (int i = 0; i < row.filled.size(); i++) {
            int place = i;
            Optional<byte[]> hash = row.filled.get(i).judgedBy(served.map(hashes -> hash(hashes, place)), problems);
            isWhole &= hash.isPresent();
            System.arraycopy(hash.orElse(new byte[Hash.BYTES]), 0, recomputed, i * Hash.BYTES, Hash.BYTES);
        }
        Checked checked = Checked.of(
                tile, isWhole ? Optional.of(recomputed) : Optional.empty(), served, (hashes, place, is, should) -> {
                    var below = new Tile(level - 1, tile.index() * Tile.FULL + place, Tile.FULL);
                    return new Doubt(
                            hashes,
                            new Problem(
                                    LogFiles.place(below),
                                    "comes to " + is + ", as what lies below it does, but the tree has " + should
                                            + " there; the entries concerned begin with " + below.start() + "."),
                            new Problem(
                                    LogFiles.place(tile),
                                    "has " + should + " for " + LogFiles.place(below) + ", which comes to " + is
                                            + "."));
                });
        if (checked.doubt().isEmpty() && copy.isPresent() && served.isPresent()) {
            copy.get().keep(tile, served.get());
        }
        return checked;
    }

    private static byte[] hash(byte[] hashes, int place) {
        return Arrays.copyOfRange(hashes, place * Hash.BYTES, (place + 1) * Hash.BYTES);
    }

    /** The tiles of the right edge have no tile above them: the root judges them. */
    private void judgeEdge() {
        if (checkpoint.size() > 0
                && edge.values().stream().anyMatch(tile -> tile.hashes().isEmpty())) {
            return; // named already; there is nothing to compute a root from
        }
        Hash root = root(tile -> tile.hashes().orElseThrow());
        List<Doubt> doubts =
                edge.values().stream().flatMap(tile -> tile.doubt().stream()).toList();
        Hash served =
                root(tile -> tile.doubt().map(Doubt::served).or(tile::hashes).orElseThrow());
        if (root.equals(checkpoint.root()) || served.equals(checkpoint.root())) {
            doubts.forEach(doubt -> doubt.settle(!root.equals(checkpoint.root()), problems));
            return;
        }
        doubts.forEach(doubt -> doubt.leaveOpen(problems));
        problems.add(new Problem(
                "checkpoint",
                "signs the root " + checkpoint.root() + " for " + checkpoint.size() + " entries, which come to " + root
                        + "."));
    }

    private Hash root(Function<Checked, byte[]> account) {
        return new TiledTree(checkpoint.size(), tile -> account.apply(edge.get(tile.level()))).root();
    }
}
