package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder into which PostgreSQL's programs are unpacked once. What lies there is run as the owner of the data, so nobody
 * else may change it; nor has anybody else a reason to look.
 */
final class Binaries {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private Binaries() {}

    /**
     * Closes the folder to others, and throws away what they could have changed: it is unpacked anew.
     *
     * @return whether they could have
     * @throws StartRefusal when the folder belongs to somebody else
     */
    static boolean secure(Path binaries) throws IOException {
        Path folder = Files.createDirectories(binaries).toRealPath();
        if (!isPosix(folder)) {
            return false;
        }
        UserPrincipal me = ThisUser.in(folder);
        if (!Files.getOwner(folder).equals(me)) {
            throw new StartRefusal("PostgreSQL's programs in " + folder + " belong to the user "
                    + Files.getOwner(folder).getName()
                    + ", who could change what runs here. Remove the folder, and it is made anew.");
        }
        boolean open = isOpenToOthers(folder, me);
        close(folder); // before anything is unpacked
        if (open) {
            try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
                for (Path each : content) {
                    deleteTree(each);
                }
            }
        }
        return open;
    }

    /** Nobody else comes in; the embedding library gives everybody the right to write there whenever it unpacks. */
    static void close(Path binaries) throws IOException {
        if (isPosix(binaries)) {
            Files.setPosixFilePermissions(binaries, OWNER_ONLY);
        }
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A folder that others may not search keeps them from what is in it, whatever other rights they have there. */
    private static boolean isOpenToOthers(Path folder, UserPrincipal me) throws IOException {
        Set<PosixFilePermission> outer = Files.getPosixFilePermissions(folder);
        if (!outer.contains(PosixFilePermission.GROUP_EXECUTE) && !outer.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
                if (!Files.getOwner(path).equals(me)
                        || permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Throws away what an interrupted unpacking left: the library would take it for whole, or stumble over it. */
    static void discardHalfUnpacked(Path binaries) throws IOException {
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
