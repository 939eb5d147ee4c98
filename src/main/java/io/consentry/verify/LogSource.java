package io.consentry.verify;

import java.util.Optional;

/** Where the files of a log are, as C2SP tlog-tiles lays them out. May be asked by many threads. */
interface LogSource {

    /**
     * The file at a path such as {@code tile/0/000}; nothing when the log has none there.
     *
     * @param most how many bytes it may have; of a larger one comes one byte more, by which it is known
     * @throws UnreachableException when it cannot be read, or only by reading more than that
     */
    Optional<byte[]> read(String path, int most);

    /** As people know it. */
    String name();
}
