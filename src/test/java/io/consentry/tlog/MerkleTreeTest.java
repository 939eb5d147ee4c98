package io.consentry.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Roots and proofs, held against the RFC's definitions and the vectors that implementations of it share. */
class MerkleTreeTest {

    private static final int LARGEST = 1024;
    private static final DefinedTree DEFINED = new DefinedTree(LARGEST);
    private static final Subtrees TREE =
            remembering(MemoryTiles.of(DEFINED.entries()).tree());

    /** All pairs of size and index are half a million: the largest sizes, and what lies between, with {@code --soak}. */
    private static final IntPredicate IS_TRIED = size -> Effort.isSoak() || size <= 300 || size > 1020;

    @Test
    @Requirement("RFC6962-2.1")
    void theTreeOfTheWellKnownEightEntriesHasItsRoot() {
        // The entries and roots with which Certificate Transparency's own tests begin.
        var entries = List.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f")
                .stream()
                .map(HexFormat.of()::parseHex)
                .toList();
        Subtrees tree = MemoryTiles.of(entries).tree();

        assertThat(hex(tree.root(0))).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hex(tree.root(1))).isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(hex(tree.root(8))).isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    @Requirement("RFC6962-2.1.1")
    void everyEntryOfEveryTreeHasTheProofThatTheRfcDefines() {
        for (int size : IntStream.rangeClosed(1, LARGEST).filter(IS_TRIED).toArray()) {
            Hash root = TREE.root(size);
            assertThat(root.bytes()).isEqualTo(DEFINED.mth(0, size));
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.of(index, size, TREE);
                List<byte[]> defined = DEFINED.path(index, 0, size);

                assertThat(IntStream.range(0, defined.size())
                                .allMatch(i -> Hash.of(defined.get(i))
                                        .equals(proof.path().get(i))))
                        .as("path of %d in %d", index, size)
                        .isTrue();
                assertThat(proof.path()).hasSameSizeAs(defined);
                assertThat(proof.leads(TREE.complete(0, index), root)).isTrue();
            }
        }
    }

    @Test
    @Requirement("RFC6962-2.1.2")
    void everyTwoTreesHaveTheProofThatTheRfcDefines() {
        for (int later = 1; later <= 300; later++) {
            for (int earlier = 1; earlier <= later; earlier++) {
                ConsistencyProof proof = ConsistencyProof.of(earlier, later, TREE);
                List<Hash> defined =
                        DEFINED.proof(earlier, later).stream().map(Hash::of).toList();

                assertThat(proof.path()).isEqualTo(defined);
                assertThat(proof.connects(TREE.root(earlier), TREE.root(later))).isTrue();
            }
        }
    }

    @Test
    void aProofLeadsFromNoOtherLeafToNoOtherRootAndNotFromAnotherPlace() {
        for (int size : new int[] {1, 2, 3, 7, 8, 255, 256, 257, 1000}) {
            for (int index = 0; index < size; index += 1 + size / 7) {
                InclusionProof proof = InclusionProof.of(index, size, TREE);
                Hash leaf = TREE.complete(0, index);
                Hash other = Hash.ofLeaf(new byte[] {1});

                assertThat(proof.leads(other, TREE.root(size))).isFalse();
                assertThat(proof.leads(leaf, other)).isFalse();
                if (size > 1) {
                    int elsewhere = (index + 1) % size;
                    assertThat(new InclusionProof(elsewhere, size, proof.path()).leads(leaf, TREE.root(size)))
                            .isFalse();
                    assertThat(new InclusionProof(
                                            index,
                                            size,
                                            proof.path().subList(1, proof.path().size()))
                                    .leads(leaf, TREE.root(size)))
                            .isFalse();
                }
                var longer = new java.util.ArrayList<>(proof.path());
                longer.add(other);
                assertThat(new InclusionProof(index, size, longer).leads(leaf, TREE.root(size)))
                        .isFalse();
            }
        }
    }

    @Test
    void aTreeThatWasChangedDoesNotGoOnFromTheEarlierOne() {
        var changed = new java.util.ArrayList<>(DEFINED.entries());
        changed.set(100, new byte[] {42});
        Subtrees other = MemoryTiles.of(changed).tree();

        ConsistencyProof proof = ConsistencyProof.of(200, 1000, other);

        assertThat(proof.connects(TREE.root(200), other.root(1000))).isFalse();
        assertThat(proof.connects(other.root(200), TREE.root(1000))).isFalse();
        assertThat(proof.connects(other.root(200), other.root(1000))).isTrue();
        assertThat(new ConsistencyProof(200, 200, List.of()).connects(TREE.root(200), other.root(200)))
                .isFalse();
        assertThat(new ConsistencyProof(0, 200, List.of()).connects(TREE.root(1), other.root(200)))
                .isFalse();
    }

    @Test
    void anEntryBeyondTheTreeHasNoProof() {
        assertThatThrownBy(() -> InclusionProof.of(5, 5, TREE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsistencyProof.of(6, 5, TREE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Subtrees remembering(Subtrees tree) {
        Map<List<Long>, Hash> known = new HashMap<>();
        return new Subtrees() {
            @Override
            public Hash complete(int level, long index) {
                return known.computeIfAbsent(List.of(-1L - level, index), key -> tree.complete(level, index));
            }

            @Override
            public Hash range(long start, long end) {
                return known.computeIfAbsent(List.of(start, end), key -> tree.range(start, end));
            }
        };
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
