package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says which program owns a folder: held by the operating system for as long as the program lives, and let go by it even
 * after {@code kill -9}. So whoever holds the lock knows that a server still running in the folder is an orphan.
 */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or refuses in one sentence when another program has it. */
    static FolderLock take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StartRefusal("Another Consentry is using " + folder
                    + ". Stop it, or set CONSENTRY_DATA to a folder of its own for this one.");
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very program
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
