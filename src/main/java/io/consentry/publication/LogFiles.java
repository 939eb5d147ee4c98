package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The files of one log in the store, laid out as they are served. */
final class LogFiles implements TileSource {

    private final LogStore store;
    private final String folder;

    LogFiles(LogStore store, LogNumber log) {
        this.store = store;
        this.folder = log.value() + "/";
    }

    /** Of a tile that is not there: the full one, if it took the place of a partial one. */
    @Override
    public byte[] read(Tile tile) {
        return find(tile)
                .or(() -> find(tile.full()))
                .orElseThrow(() -> new InconsistentTreeException("the store has no tile " + tile.path()));
    }

    Optional<byte[]> find(Tile tile) {
        return store.read(name(tile));
    }

    void create(Tile tile, byte[] content) {
        store.create(name(tile), content);
    }

    void removePartials(Tile tile) {
        store.removeBelow(folder + "tile/" + tile.partialsPath());
    }

    private String name(Tile tile) {
        return folder + "tile/" + tile.path();
    }

    Optional<String> read(Note note) {
        return store.read(folder + note.file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    boolean swap(Note note, Optional<String> expected, String content) {
        return store.swap(
                folder + note.file,
                expected.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                content.getBytes(StandardCharsets.UTF_8));
    }

    /** What changes. */
    enum Note {
        /** Name, size and root of the largest tree that any node may sign. */
        HEAD("head"),
        /** The same, signed. */
        CHECKPOINT("checkpoint"),
        /** The newest one that enough witnesses had seen, with their cosignatures. */
        WITNESSED("witnessed");

        private final String file;

        Note(String file) {
            this.file = file;
        }
    }
}
