package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.ConsistencyProof;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TiledTree;
import java.util.Arrays;
import java.util.Optional;

/** Whether a log goes on from what it was when a copy of it was verified: whether nothing was taken out or changed since. */
final class Continuation {

    private final KeptCopy copy;
    private final Checkpoint before;
    private final LogFiles log;

    Continuation(KeptCopy copy, Checkpoint before, LogFiles log) {
        this.copy = copy;
        this.before = before;
        this.log = log;
    }

    /** What is wrong, if it does not go on from there. */
    Optional<Problem> breach(Checkpoint now) {
        if (!now.origin().equals(before.origin())) {
            return breach("is of the log " + now.origin() + ", and the copy is of " + before.origin() + ".");
        }
        if (now.size() < before.size()) {
            return breach("Rollback: it has " + now.size() + " entries, after the " + before.size()
                    + " that were verified before. "
                    + (isOurs(now) ? "They are the first of those." : "They are others."));
        }
        if (now.size() == before.size() && !now.root().equals(before.root())) {
            return breach("Split view: it signs another root for the " + now.size()
                    + " entries that were verified before. " + firstDifference(now));
        }
        return connects(now)
                ? Optional.empty()
                : breach("Split view: its tree of " + now.size() + " entries does not go on from the tree of "
                        + before.size() + " that was verified before. " + firstDifference(now));
    }

    private static Optional<Problem> breach(String what) {
        return Optional.of(new Problem("checkpoint", what));
    }

    private boolean isOurs(Checkpoint smaller) {
        return new TiledTree(smaller.size(), copy.tiles(before.size())).root().equals(smaller.root());
    }

    private boolean connects(Checkpoint now) {
        try {
            ConsistencyProof proof = new TiledTree(now.size(), log).consistency(before.size());
            return proof.connects(before.root(), now.root());
        } catch (InconsistentTreeException e) {
            return false;
        }
    }

    /** Goes down from the largest subtrees, the earliest first, to the first entry that is another one now. */
    private String firstDifference(Checkpoint now) {
        for (int level = (63 - Long.numberOfLeadingZeros(Math.max(1, before.size()))) / Tile.HEIGHT;
                level >= 0;
                level--) {
            long index = before.size() >> (Tile.HEIGHT * (level + 1));
            int width = Tile.widthIn(before.size(), level, index);
            if (width > 0) {
                Optional<String> found = difference(new Tile(level, index, width), now);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return "The tiles that it serves for those entries are the same; what it signs is not made of them.";
    }

    private Optional<String> difference(Tile tile, Checkpoint now) {
        // As wide as it is now: the narrower tile of before may well be served unchanged.
        int widthNow = Tile.widthIn(now.size(), tile.level(), tile.index());
        byte[] ours = copy.tiles(before.size()).read(tile);
        byte[] theirs;
        try {
            theirs = log.read(new Tile(tile.level(), tile.index(), widthNow));
        } catch (InconsistentTreeException e) {
            return Optional.of("First difference: " + e.getMessage() + ".");
        }
        int differs = Arrays.mismatch(ours, 0, ours.length, theirs, 0, ours.length);
        if (differs < 0) {
            return Optional.empty();
        }
        long place = differs / Hash.BYTES;
        String here = "First difference: " + LogFiles.place(tile) + ", place " + place + " (entry "
                + (tile.start() + (place << (Tile.HEIGHT * tile.level()))) + ").";
        return tile.level() == 0
                ? Optional.of(here)
                : difference(new Tile(tile.level() - 1, tile.index() * Tile.FULL + place, Tile.FULL), now)
                        .or(() -> Optional.of(here));
    }
}
