package io.consentry.tlog;

/** Where tiles are read: a folder, an object store, somebody's address. */
@FunctionalInterface
public interface TileSource {

    /**
     * The bytes of a tile: 32 for each hash, or an entry bundle. Where a partial tile is gone, the full one that took its place.
     *
     * @throws InconsistentTreeException when there is none
     */
    byte[] read(Tile tile);
}
