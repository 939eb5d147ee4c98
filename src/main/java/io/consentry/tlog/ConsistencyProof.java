package io.consentry.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a tree goes on from an earlier one: that nothing of it was changed or taken out (RFC 6962 §2.1.2).
 *
 * @param earlier size of the earlier tree
 * @param later size of the later one, at least as large
 * @param path as the RFC orders it; empty when the sizes are equal, or the earlier tree is
 */
public record ConsistencyProof(long earlier, long later, List<Hash> path) {

    public ConsistencyProof {
        if (earlier < 0 || earlier > later) {
            throw new IllegalArgumentException("a tree of " + later + " entries does not go on from " + earlier);
        }
        path = List.copyOf(path);
    }

    /** Between two sizes of a tree that {@code tree} knows. */
    public static ConsistencyProof of(long earlier, long later, Subtrees tree) {
        var path = new ArrayList<Hash>();
        if (earlier > 0 && earlier < later) {
            collect(earlier, 0, later, true, tree, path);
        }
        return new ConsistencyProof(earlier, later, path);
    }

    private static void collect(long earlier, long start, long end, boolean isWhole, Subtrees tree, List<Hash> path) {
        if (earlier == end) {
            if (!isWhole) {
                path.add(tree.range(start, end));
            }
            return;
        }
        long middle = start + InclusionProof.split(end - start);
        if (earlier <= middle) {
            collect(earlier, start, middle, isWhole, tree, path);
            path.add(tree.range(middle, end));
        } else {
            collect(earlier, middle, end, false, tree, path);
            path.add(tree.range(start, middle));
        }
    }

    /** Whether the tree of the later root goes on from that of the earlier (RFC 9162 §2.1.4.2). */
    public boolean connects(Hash earlierRoot, Hash laterRoot) {
        if (earlier == later) {
            return path.isEmpty() && earlierRoot.equals(laterRoot);
        }
        if (earlier == 0) {
            return path.isEmpty() && earlierRoot.equals(Hash.EMPTY_TREE);
        }
        long node = earlier - 1;
        long last = later - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        // A whole subtree is where both begin, and is left out of the proof.
        boolean isWhole = Long.bitCount(earlier) == 1;
        if (!isWhole && path.isEmpty()) {
            return false;
        }
        Hash first = isWhole ? earlierRoot : path.getFirst();
        Hash ofEarlier = first;
        Hash ofLater = first;
        for (Hash beside : path.subList(isWhole ? 0 : 1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                ofEarlier = Hash.ofNode(beside, ofEarlier);
                ofLater = Hash.ofNode(beside, ofLater);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                ofLater = Hash.ofNode(ofLater, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && ofEarlier.equals(earlierRoot) && ofLater.equals(laterRoot);
    }
}
