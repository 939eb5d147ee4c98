package io.consentry.testing;

import java.nio.file.Path;

/**
 * Where the databases of a run lie: in memory if {@code scripts/test} found room there, so that no test waits for a disk, and
 * beside the build otherwise. Whoever tests what a disk keeps asks for the disk.
 */
final class Scratch {

    private static final Path DISK = Path.of("target").toAbsolutePath();
    private static final String MEMORY = System.getProperty("test-ground.memory", "");

    private Scratch() {}

    static Path quick(String name) {
        return (MEMORY.isEmpty() ? DISK : Path.of(MEMORY)).resolve(name);
    }

    static Path onDisk(String name) {
        return DISK.resolve(name);
    }
}
