package io.consentry.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a tree has an entry at an index (RFC 6962 §2.1.1).
 *
 * @param index of the entry, from 0
 * @param size of the tree
 * @param path the hashes beside the way from the leaf to the root, from the leaf up
 */
public record InclusionProof(long index, long size, List<Hash> path) {

    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " entries has none at " + index);
        }
        path = List.copyOf(path);
    }

    /** Of the tree of {@code size} entries, which {@code tree} knows. */
    public static InclusionProof of(long index, long size, Subtrees tree) {
        var path = new ArrayList<Hash>();
        collect(index, 0, size, tree, path);
        return new InclusionProof(index, size, path);
    }

    private static void collect(long index, long start, long end, Subtrees tree, List<Hash> path) {
        if (end - start == 1) {
            return;
        }
        long middle = start + split(end - start);
        if (index < middle) {
            collect(index, start, middle, tree, path);
            path.add(tree.range(middle, end));
        } else {
            collect(index, middle, end, tree, path);
            path.add(tree.range(start, middle));
        }
    }

    /** The largest power of two less than {@code size}. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** Whether it leads from this leaf to this root (RFC 9162 §2.1.3.2). */
    public boolean leads(Hash leaf, Hash root) {
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash beside : path) {
            if (last == 0) {
                return false;
            }
            boolean isRight = (node & 1) == 1 || node == last;
            if (isRight) {
                hash = Hash.ofNode(beside, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.ofNode(hash, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
