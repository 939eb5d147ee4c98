package io.consentry.postgres;

import io.consentry.database.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * The files of one embedded server.
 *
 * <p>A file {@code preparing} stands beside the data from before {@code initdb} until roles and database are there. A crash
 * in between leaves it, and the next start begins anew: there was nothing to lose yet. Once it is gone the data is never
 * thrown away.
 */
record Cluster(Path folder) {

    Path data() {
        return folder.resolve("cluster");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Path passwordFile() {
        return folder.resolve("passwords");
    }

    private Path preparing() {
        return folder.resolve("preparing");
    }

    Passwords passwords() throws IOException {
        if (!Files.exists(passwordFile())) {
            throw new StartRefusal("The password file " + passwordFile()
                    + " is missing, and without it the local database cannot be opened. Restore it from a backup.");
        }
        return Passwords.read(passwordFile());
    }

    boolean isMissing() {
        return Files.exists(preparing()) || !Files.exists(data());
    }

    /** Clears what a crash may have left of an earlier beginning, and makes the passwords. */
    Passwords begin() throws IOException {
        if (!Files.exists(preparing())) {
            Files.createFile(preparing());
        }
        Binaries.deleteTree(data());
        Files.deleteIfExists(passwordFile());
        return Passwords.create(passwordFile());
    }

    /** From here on the data counts. */
    void complete() throws IOException {
        Files.delete(preparing());
    }

    /** Whether there was something that had outlived its program. */
    boolean stopOrphan() throws IOException {
        return isMissing() ? Orphan.endPreparation(data()) : Orphan.stop(data());
    }

    /** PostgreSQL refuses data of another user, but only after a minute of silence. */
    void refuseForeignOwner() throws IOException {
        if (!Files.exists(data())) {
            return;
        }
        UserPrincipal owner = Files.getOwner(data());
        UserPrincipal me = ThisUser.in(folder);
        if (!owner.equals(me)) {
            throw new StartRefusal("The local database in " + folder + " was made by user " + owner.getName()
                    + " and this is " + me.getName()
                    + ". Run as the same user, or set CONSENTRY_DATA to another folder.");
        }
    }
}
