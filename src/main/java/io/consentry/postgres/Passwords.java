package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The random passwords of the embedded server's three roles, in a file that only its owner can read.
 *
 * <p>One to a line: superuser, owner, service. The superuser's comes first because {@code initdb --pwfile} reads the first
 * line, so that there is no moment at which the server trusts anyone.
 */
record Passwords(String superuser, String owner, String service) {

    private static final int BYTES = 24;

    static Passwords read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        if (lines.size() != 3) {
            throw new StartRefusal("The password file " + file + " is damaged: it should have three lines, and has "
                    + lines.size() + ". Restore it from a backup.");
        }
        return new Passwords(lines.get(0), lines.get(1), lines.get(2));
    }

    /** Makes new ones and writes them, through to the disk: without them the database cannot be opened again. */
    static Passwords create(Path file) throws IOException {
        Passwords fresh = new Passwords(random(), random(), random());
        String text = String.join("\n", fresh.superuser, fresh.owner, fresh.service) + "\n";
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        return fresh;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        // Windows has no such permissions; there the file inherits those of the person's own folder.
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "Passwords[redacted]";
    }
}
