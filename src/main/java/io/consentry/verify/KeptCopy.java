package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileSource;
import io.consentry.tlog.TiledTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * A copy of a log in a folder, laid out as it is served, so that it can be checked like any other. Its checkpoint is the last one up to
 * which all was verified, and is put there last; what lies beyond it was left by a run that did not end, and is checked again.
 */
final class KeptCopy {

    private static final String CHECKPOINT = "checkpoint";
    private static final String POLICY = "policy";

    private final Path folder;

    KeptCopy(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    LogFiles files() {
        return new LogFiles(new FolderLog(folder));
    }

    /** Up to where all was verified; nothing before the first time. */
    Optional<SignedNote> checkpoint() {
        return read(CHECKPOINT).map(SignedNote::parse);
    }

    /** The keys that were believed the first time; nothing when the first time named its own. */
    Optional<String> policy() {
        return read(POLICY).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether the right edge of the copy is still what its checkpoint signs. */
    Optional<Problem> damage(Checkpoint own) {
        try {
            Hash root = new TiledTree(own.size(), tiles(own.size())).root();
            return root.equals(own.root()) ? Optional.empty() : Optional.of(damaged("its tiles come to another root"));
        } catch (RuntimeException e) {
            return Optional.of(damaged(String.valueOf(e.getMessage())));
        }
    }

    private Problem damaged(String how) {
        return new Problem(
                folder.toString(),
                "this copy was changed after it had been verified (" + how
                        + "). Keep it, if it may be evidence, and begin" + " another.");
    }

    /** The tiles of the tree that was verified, which had this size; also those of smaller trees. */
    TileSource tiles(long size) {
        LogFiles files = files();
        return tile -> files.hashes(tile).orElseGet(() -> {
            int widest = Tile.widthIn(size, tile.level(), tile.index());
            return Arrays.copyOf(files.read(new Tile(tile.level(), tile.index(), widest)), tile.width() * Hash.BYTES);
        });
    }

    boolean has(Tile tile) {
        return Files.exists(folder.resolve(LogFiles.place(tile)));
    }

    /** In one go: a file that was cut off is found by its hashes when it is next used. */
    void keep(Tile tile, byte[] bytes) {
        Path file = folder.resolve(LogFiles.place(tile));
        try {
            try {
                Files.write(file, bytes);
            } catch (NoSuchFileException e) {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void keepPolicy(String policy) {
        write(POLICY, policy.getBytes(StandardCharsets.UTF_8));
    }

    /** All up to this checkpoint is here and was verified. Partial tiles that others have outgrown go. */
    void finish(SignedNote note, long earlier) {
        write(CHECKPOINT, note.format().getBytes(StandardCharsets.UTF_8));
        long size = Checkpoint.parse(note.text()).size();
        for (int level = Tile.ENTRIES; level < 8; level++) {
            long index = earlier >> (Tile.HEIGHT * (Math.max(level, 0) + 1));
            int width = Tile.widthIn(earlier, level, index);
            if (width > 0 && width != Tile.widthIn(size, level, index)) {
                drop(new Tile(level, index, width));
            }
        }
    }

    private void drop(Tile tile) {
        try {
            Files.deleteIfExists(folder.resolve(LogFiles.place(tile)));
        } catch (IOException e) {
            throw new UnreachableException("An old file of the copy cannot be removed: " + e.getMessage(), e);
        }
    }

    private Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnreachableException("The copy cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static UnreachableException unwritable(IOException e) {
        return new UnreachableException("The copy cannot be written: " + e.getMessage(), e);
    }
}
