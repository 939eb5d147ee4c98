package io.consentry.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder into which PostgreSQL's programs are unpacked once. */
final class Binaries {

    private Binaries() {}

    /** Throws away what an interrupted unpacking left: the library would take it for whole, or stumble over it. */
    static void discardHalfUnpacked(Path binaries) throws IOException {
        Files.createDirectories(binaries);
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(binaries, "PG-*")) {
            for (Path version : versions) {
                if (!Files.exists(version.resolve(".exists"))) {
                    deleteTree(version);
                }
            }
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
