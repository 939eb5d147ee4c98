package io.consentry.tlog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Merkle tree as RFC 6962 §2.1 defines it, word by word: {@code MTH}, {@code PATH} and {@code PROOF} over lists of entries, with
 * nothing of the program's. Slow, but for what it remembers.
 */
final class DefinedTree {

    private final List<byte[]> entries = new ArrayList<>();
    private final Map<List<Integer>, byte[]> hashes = new HashMap<>();

    DefinedTree(int size) {
        for (int i = 0; i < size; i++) {
            entries.add(("entry " + i).getBytes(StandardCharsets.US_ASCII));
        }
    }

    List<byte[]> entries() {
        return entries;
    }

    byte[] mth(int start, int end) {
        return hashes.computeIfAbsent(List.of(start, end), range -> {
            int n = end - start;
            if (n == 0) {
                return sha256();
            }
            if (n == 1) {
                return sha256(new byte[] {0}, entries.get(start));
            }
            // computeIfAbsent must not be entered again, so both halves are found first by whoever asks.
            int k = k(n);
            return sha256(new byte[] {1}, known(start, start + k), known(start + k, end));
        });
    }

    private byte[] known(int start, int end) {
        byte[] found = hashes.get(List.of(start, end));
        if (found == null) {
            found = end - start == 1
                    ? sha256(new byte[] {0}, entries.get(start))
                    : sha256(new byte[] {1}, known(start, start + k(end - start)), known(start + k(end - start), end));
        }
        return found;
    }

    List<byte[]> path(int m, int start, int end) {
        int n = end - start;
        if (n == 1) {
            return List.of();
        }
        int k = k(n);
        return m < k
                ? plus(path(m, start, start + k), mth(start + k, end))
                : plus(path(m - k, start + k, end), mth(start, start + k));
    }

    List<byte[]> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<byte[]> subproof(int m, int start, int end, boolean b) {
        int n = end - start;
        if (m == n) {
            return b ? List.of() : List.of(mth(start, end));
        }
        int k = k(n);
        return m <= k
                ? plus(subproof(m, start, start + k, b), mth(start + k, end))
                : plus(subproof(m - k, start + k, end, false), mth(start, start + k));
    }

    /** The largest power of two smaller than n. */
    private static int k(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> plus(List<byte[]> list, byte[] last) {
        var all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
