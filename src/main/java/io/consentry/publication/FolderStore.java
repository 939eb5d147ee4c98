package io.consentry.publication;

import io.consentry.tlog.InconsistentTreeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A folder on a file system with hard links, atomic renames and locks that nodes see of each other: a local disk, or NFS 4.
 *
 * <p>A file appears whole or not at all: it is written and synced beside its place, then linked there, which fails if something is
 * there already. What changes is renamed over, under a lock of its own.
 */
final class FolderStore implements LogStore {

    /** Of this process: file locks are of the whole process, and refuse a second one instead of waiting. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final Path root;
    private final Path drafts;

    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.drafts = this.root.resolve(".drafts");
        unless(() -> {
            Files.createDirectories(drafts);
            removeAbandoned();
            return drafts;
        });
    }

    /** What a process that died was writing; another's that is alive takes no day. */
    private void removeAbandoned() throws IOException {
        Path now = draft(new byte[0]); // by the clock of the file system, which may be another machine's
        Instant dayAgo = Files.getLastModifiedTime(now).toInstant().minus(Duration.ofDays(1));
        Files.deleteIfExists(now);
        try (Stream<Path> all = Files.list(drafts)) {
            for (Path draft : all.toList()) {
                if (Files.exists(draft)
                        && Files.getLastModifiedTime(draft).toInstant().isBefore(dayAgo)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (NoSuchFileException e) {
            // Another node has just put it in its place; what is old is found at the next start.
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        return unless(() -> {
            try {
                return Optional.of(Files.readAllBytes(place(name)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void create(String name, byte[] content) {
        unless(() -> {
            Path place = place(name);
            Path draft = draft(content);
            try {
                createFolders(folderOf(place));
                Files.createLink(place, draft);
                sync(folderOf(place));
            } catch (FileAlreadyExistsException e) {
                requireSame(place, name, content);
            } finally {
                Files.deleteIfExists(draft);
            }
            return place;
        });
    }

    private static void requireSame(Path place, String name, byte[] content) throws IOException {
        if (!Arrays.equals(Files.readAllBytes(place), content)) {
            throw new InconsistentTreeException("the store has another " + name);
        }
    }

    @Override
    public boolean swap(String name, Optional<byte[]> expected, byte[] content) {
        return unless(() -> {
            Path place = place(name);
            createFolders(folderOf(place));
            WITHIN_PROCESS.lock();
            try (FileChannel channel =
                            FileChannel.open(lockOf(place), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Arrays.equals(read(name).orElse(null), expected.orElse(null))) {
                    return false;
                }
                Path draft = draft(content);
                try {
                    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(draft);
                }
                sync(folderOf(place));
                return lock.isValid();
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("the folder does not rename atomically", e);
            } finally {
                WITHIN_PROCESS.unlock();
            }
        });
    }

    @Override
    public void removeBelow(String prefix) {
        unless(() -> {
            Path folder = place(prefix);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> below = Files.walk(folder)) {
                    for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(path);
                    }
                }
            }
            return folder;
        });
    }

    private Path place(String name) throws IOException {
        Path place = root.resolve(name).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new IOException("not a name within the store: " + name);
        }
        return place;
    }

    /** Never that of the root itself. */
    private static Path folderOf(Path place) {
        return Objects.requireNonNull(place.getParent());
    }

    private static Path lockOf(Path place) {
        return place.resolveSibling('.' + String.valueOf(place.getFileName()) + ".lock");
    }

    /** The content, written and synced, under a name that nobody reads. */
    private Path draft(byte[] content) throws IOException {
        Path draft = Files.createTempFile(drafts, "draft", "");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return draft;
    }

    private void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(folderOf(folder));
            Files.createDirectories(folder);
            sync(folderOf(folder));
        }
    }

    /** What was linked or renamed in a folder is there after a power loss once the folder is synced. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T unless(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new StoreUnavailableException("The ledger's store " + root + " cannot be used: " + e, e);
        }
    }
}
