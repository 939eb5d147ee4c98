package io.consentry.tlog;

/** Knows the hashes of complete subtrees of one tree: from its tiles, or from its entries. */
@FunctionalInterface
public interface Subtrees {

    /**
     * The hash over the entries {@code [index << level, (index + 1) << level)}, all of which the tree has.
     *
     * @throws InconsistentTreeException when what is stored cannot be that of a tree
     */
    Hash complete(int level, long index);

    /** The hash over the entries {@code [start, end)}, as RFC 6962 §2.1 splits them. {@code start} is a multiple of the largest power of two that is less than the number of entries. */
    default Hash range(long start, long end) {
        long size = end - start;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return complete(level, start >> level);
        }
        long middle = start + Long.highestOneBit(size);
        return Hash.ofNode(range(start, middle), range(middle, end));
    }

    /** The root of the tree of the first {@code size} entries. */
    default Hash root(long size) {
        return size == 0 ? Hash.EMPTY_TREE : range(0, size);
    }
}
