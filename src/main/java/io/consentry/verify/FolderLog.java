package io.consentry.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** A log in a folder: a copy that somebody made, or the store of a service. */
record FolderLog(Path folder) implements LogSource {

    @Override
    public Optional<byte[]> read(String path, int most) {
        Path file = folder.resolve(path);
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(most + 1));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnreachableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return folder.toString();
    }
}
