package io.consentry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Whom files belong to that this program makes. */
final class ThisUser {

    private ThisUser() {}

    /** As a folder has it in which this program may write. */
    static UserPrincipal in(Path folder) throws IOException {
        Path mine = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getOwner(mine);
        } finally {
            Files.delete(mine);
        }
    }
}
