package io.consentry.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows by itself that a log has an entry: the way from the leaf to the root, and the checkpoint with that root and all its
 * signatures (C2SP tlog-proof).
 *
 * @param extra whatever else the application needs; nothing vouches for it
 */
public record TlogProof(Optional<byte[]> extra, long index, List<Hash> path, SignedNote checkpoint) {

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        path = List.copyOf(path);
    }

    /** Reads one; throws {@code IllegalArgumentException} when it is none. */
    public static TlogProof parse(String proof) {
        int blank = proof.indexOf("\n\n");
        if (blank < 0) {
            throw new IllegalArgumentException("a proof without a checkpoint");
        }
        var lines = new ArrayList<>(List.of(proof.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST_LINE)) {
            throw new IllegalArgumentException("a proof begins with the line " + FIRST_LINE);
        }
        Optional<byte[]> extra = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = Optional.of(CanonicalBase64.decode(lines.removeFirst().substring(EXTRA.length())));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new IllegalArgumentException("a proof without an index");
        }
        long index = Decimal.parse(lines.removeFirst().substring(INDEX.length()));
        return new TlogProof(
                extra, index, lines.stream().map(Hash::parse).toList(), SignedNote.parse(proof.substring(blank + 2)));
    }

    /** As a file of type {@code .tlog-proof} has it. */
    public String format() {
        var proof = new StringBuilder(FIRST_LINE).append('\n');
        extra.ifPresent(bytes ->
                proof.append(EXTRA).append(CanonicalBase64.encode(bytes)).append('\n'));
        proof.append(INDEX).append(index).append('\n');
        path.forEach(hash -> proof.append(hash).append('\n'));
        return proof.append('\n').append(checkpoint.format()).toString();
    }

    /** What its checkpoint says; nothing that was verified yet. */
    public Checkpoint claimed() {
        return Checkpoint.parse(checkpoint.text());
    }

    /** Whether the tree of the checkpoint has this leaf at this index. Says nothing of who signed it. */
    public boolean includes(Hash leaf) {
        Checkpoint tree = claimed();
        return index < tree.size() && new InclusionProof(index, tree.size(), path).leads(leaf, tree.root());
    }
}
