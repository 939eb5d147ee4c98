package io.consentry.cosigner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time in a folder: among the threads of this program, and among programs. The system frees it when one dies. */
final class FolderLock {

    private final Path file;
    private final ReentrantLock threads = new ReentrantLock();

    FolderLock(Path folder) {
        this.file = folder.resolve("lock");
    }

    /** What is done under the lock. */
    interface Work<R> {
        R run() throws IOException;
    }

    <R> R during(Work<R> work) throws IOException {
        threads.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("no lock on " + file);
            }
            return work.run();
        } finally {
            threads.unlock();
        }
    }
}
