package io.consentry.cosigner;

import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.ConsistencyProof;
import io.consentry.tlog.Hash;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A log for tests, of any size, that can show another tree to others: what it says after a size, under the same keys. */
public final class TestLog {

    private final String origin;
    private final List<NoteSigner> signers;
    private final Subtrees tree;

    private TestLog(String origin, List<NoteSigner> signers, Subtrees tree) {
        this.origin = origin;
        this.signers = signers;
        this.tree = tree;
    }

    public static TestLog of(String origin) {
        return of(origin, List.of(SignatureType.ED25519, SignatureType.ML_DSA_44_COSIGNATURE));
    }

    /** Signs by one key, of the quicker kind. */
    public static TestLog ofEd25519(String origin) {
        return of(origin, List.of(SignatureType.ED25519));
    }

    private static TestLog of(String origin, List<SignatureType> kinds) {
        List<NoteSigner> signers = new ArrayList<>();
        for (SignatureType kind : kinds) {
            signers.add(NoteSigner.of(origin, kind, NoteSigner.newKeyPair(kind)));
        }
        return new TestLog(origin, signers, entries(Long.MAX_VALUE, 0));
    }

    /** The same log, as somebody else is shown it: other entries from an index on. */
    public TestLog forkedAt(long index, int variant) {
        return new TestLog(origin, signers, entries(index, variant));
    }

    private static Subtrees entries(long forkedAt, int variant) {
        return new Subtrees() {
            @Override
            public Hash complete(int level, long index) {
                if (level > 0) {
                    return Hash.ofNode(complete(level - 1, 2 * index), complete(level - 1, 2 * index + 1));
                }
                String entry = "entry " + index + (index < forkedAt ? "" : " of variant " + variant);
                return Hash.ofLeaf(entry.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    public Subtrees tree() {
        return tree;
    }

    public String origin() {
        return origin;
    }

    public Hash root(long size) {
        return tree.root(size);
    }

    public SignedNote checkpoint(long size) {
        return sign(Checkpoint.of(origin, size, root(size)).text());
    }

    public SignedNote sign(String text) {
        return new SignedNote(
                text,
                signers.stream()
                        .map(signer -> signer.sign(text, Instant.ofEpochSecond(1_800_000_000)))
                        .toList());
    }

    public List<Hash> proof(long from, long to) {
        return ConsistencyProof.of(from, to, tree).path();
    }

    /** What an honest log sends. */
    public AddCheckpoint add(long from, long to) {
        return new AddCheckpoint(from, proof(from, to), checkpoint(to));
    }

    /** The lines of a policy that name this log. */
    public String policyLines() {
        var lines = new StringBuilder();
        signers.forEach(signer -> lines.append("log ").append(signer.verifier()).append('\n'));
        return lines.toString();
    }

    /** A policy that asks for nobody. */
    public String policy() {
        return policyLines() + "quorum none\n";
    }
}
