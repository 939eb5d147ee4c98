package io.consentry.verify;

import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileSource;
import java.util.Arrays;
import java.util.Optional;

/** The tiles of a log, each from its own file or, where a partial one is gone, from the full one that took its place. */
record LogFiles(LogSource source) implements TileSource {

    private static final int MAX_BUNDLE = Tile.FULL * (2 + 0xFFFF);

    /**
     * What a file holds.
     *
     * @param from the tile that the file is, at least as wide as the one that was asked for
     */
    record Served(Tile from, byte[] bytes) {}

    /** The file of a tile; nothing when the log has none. */
    Optional<Served> served(Tile tile) {
        Optional<Served> own = file(tile);
        return own.isPresent() || tile.isFull() ? own : file(new Tile(tile.level(), tile.index(), Tile.FULL));
    }

    private Optional<Served> file(Tile tile) {
        int most = tile.level() == Tile.ENTRIES ? MAX_BUNDLE : Tile.FULL * Hash.BYTES;
        return source.read(place(tile), most).map(bytes -> new Served(tile, bytes));
    }

    /** The hashes of a tile, exactly so many as it is wide; nothing when there is no such file. */
    Optional<byte[]> hashes(Tile tile) {
        return served(tile).map(served -> {
            if (served.bytes().length != served.from().width() * Hash.BYTES) {
                throw new InconsistentTreeException(place(served.from()) + " has " + served.bytes().length
                        + " bytes, not " + served.from().width() * Hash.BYTES);
            }
            return Arrays.copyOf(served.bytes(), tile.width() * Hash.BYTES);
        });
    }

    @Override
    public byte[] read(Tile tile) {
        return hashes(tile).orElseThrow(() -> new InconsistentTreeException("there is no " + place(tile)));
    }

    /** The path of a tile below the log's address. */
    static String place(Tile tile) {
        return "tile/" + tile.path();
    }
}
