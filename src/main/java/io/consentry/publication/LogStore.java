package io.consentry.publication;

import java.util.Optional;

/**
 * Where tiles and checkpoints lie, which all nodes share, outside the database and its backups: a folder, or an object store. Names
 * are paths without a leading slash. What cannot be reached raises {@link StoreUnavailableException}.
 */
interface LogStore {

    /** What lies under a name. */
    Optional<byte[]> read(String name);

    /**
     * Puts what never changes, durably. Whoever puts the same again succeeds.
     *
     * @throws io.consentry.tlog.InconsistentTreeException when something else lies there: somebody publishes another log here
     */
    void create(String name, byte[] content);

    /**
     * Puts what changes, durably, if what lies there is what was expected.
     *
     * @param expected empty when nothing lies there
     * @return whether it was, and this now lies there
     */
    boolean swap(String name, Optional<byte[]> expected, byte[] content);

    /** Takes out everything whose name begins so, followed by a slash. */
    void removeBelow(String prefix);
}
