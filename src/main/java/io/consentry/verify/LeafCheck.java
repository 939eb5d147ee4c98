package io.consentry.verify;

import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileHasher;
import io.consentry.verify.LogFiles.Served;
import java.util.Arrays;
import java.util.Optional;

/** Recomputes a tile of level 0 from its entries. May be asked by many threads. */
final class LeafCheck {

    private final long size;
    private final LogFiles log;
    private final Optional<KeptCopy> copy;
    private final Problems problems;

    LeafCheck(long size, LogFiles log, Optional<KeptCopy> copy, Problems problems) {
        this.size = size;
        this.log = log;
        this.copy = copy;
        this.problems = problems;
    }

    /** The tile at an index. What an interrupted run has kept is used, if it is sound; it is recomputed all the same. */
    Checked check(long index) {
        int width = Tile.widthIn(size, 0, index);
        var tile = new Tile(0, index, width);
        if (copy.isPresent() && tile.isFull() && copy.get().has(tile)) {
            var unsound = new Problems();
            Checked kept = new LeafCheck(size, copy.get().files(), Optional.empty(), unsound).check(index);
            if (kept.doubt().isEmpty() && unsound.found().isEmpty()) {
                return kept;
            }
        }
        return fromLog(tile, new Tile(Tile.ENTRIES, index, width));
    }

    private Checked fromLog(Tile tile, Tile bundle) {
        Optional<Served> entries = log.served(bundle);
        Optional<byte[]> recomputed = entries.flatMap(served -> leaves(served, bundle.width()));
        if (entries.isEmpty()) {
            problems.add(new Problem(LogFiles.place(bundle), "is not there."));
        }
        Checked checked = Checked.of(tile, recomputed, hashes(log, tile, problems), (served, place, is, should) -> {
            String entry = "entry " + (tile.start() + place);
            return new Checked.Doubt(
                    served,
                    new Problem(
                            LogFiles.place(bundle), entry + " hashes to " + is + ", but the tree has " + should + "."),
                    new Problem(
                            LogFiles.place(tile), "has " + should + " for " + entry + ", which hashes to " + is + "."));
        });
        if (checked.doubt().isEmpty() && copy.isPresent() && checked.hashes().isPresent() && entries.isPresent()) {
            copy.get().keep(tile, checked.hashes().get());
            copy.get().keep(bundle, cut(entries.get(), bundle.width()));
        }
        return checked;
    }

    private Optional<byte[]> leaves(Served bundle, int width) {
        try {
            return Optional.of(
                    new TileHasher().leaves(bundle.bytes(), bundle.from().width(), width));
        } catch (InconsistentTreeException e) {
            problems.add(new Problem(LogFiles.place(bundle.from()), e.getMessage() + "."));
            return Optional.empty();
        }
    }

    /** The hashes of a tile as it is served; a fault of the file is added to the problems. */
    static Optional<byte[]> hashes(LogFiles log, Tile tile, Problems problems) {
        Optional<Served> served = log.served(tile);
        if (served.isEmpty()) {
            problems.add(new Problem(LogFiles.place(tile), "is not there."));
            return Optional.empty();
        }
        Tile from = served.get().from();
        if (served.get().bytes().length != from.width() * Hash.BYTES) {
            problems.add(new Problem(
                    LogFiles.place(from),
                    "has " + served.get().bytes().length + " bytes instead of " + from.width() * Hash.BYTES + "."));
            return Optional.empty();
        }
        return served.map(file -> Arrays.copyOf(file.bytes(), tile.width() * Hash.BYTES));
    }

    private static byte[] cut(Served bundle, int width) {
        return bundle.from().width() == width
                ? bundle.bytes()
                : EntryBundle.format(EntryBundle.parse(bundle.bytes(), width));
    }
}
