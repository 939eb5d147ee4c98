package io.consentry.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.LogNumber;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TiledTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles are added to a folder as an order grows, with crashes at every operation, and with two nodes at once. */
class GrowthTest {

    private static final String ORIGIN = "log.example/growth";
    private static final long SEED = System.nanoTime();

    @TempDir
    Path folder;

    private final List<byte[]> order = new ArrayList<>();
    private final Random random = new Random(SEED);
    private LogStore store;

    @BeforeEach
    void open() {
        store = new FolderStore(folder);
    }

    @Test
    void aLogThatGrowsInAnyStepsHasTheTilesOfItsSize() {
        Checkpoint head = Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE);
        for (int step : new int[] {1, 254, 1, 1, 255, 256, 257, 3, 1000, 66_000, 1, 65_000}) {
            append(step);

            head = grow(store, head, order.size());

            assertPublished(head);
        }
    }

    @Test
    void aLogThatHasGrownAtOnceIsTheSameAsOneThatGrewBySteps() {
        append(70_000);

        Checkpoint head = grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 70_000);

        assertPublished(head);
        assertThat(store.read("0/tile/1/001.p/17")).isPresent();
        assertThat(store.read("0/tile/2/000.p/1")).isPresent();
    }

    @Test
    void whoeverCrashesAtAnyOperationLeavesWhatTheNextOneFinishes() {
        Checkpoint head = Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE);
        for (int crash = 0; crash < 30; crash++) {
            append(1 + random.nextInt(300));
            try {
                head = grow(new CrashingStore(store, crash % 15, crash % 2 == 0), head, order.size());
            } catch (CrashingStore.Crash e) {
                // The next node finds the head in the store.
                head = store.read("0/head")
                        .map(bytes -> Checkpoint.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)))
                        .orElse(head);
            }
            head = grow(store, head, order.size());

            assertPublished(head);
        }
    }

    @Test
    void partialTilesAreGoneOnceTheFullOneIsThere() {
        append(300);
        Checkpoint head = grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 200);
        assertThat(store.read("0/tile/0/000.p/200")).isPresent();

        grow(store, head, 300);

        assertThat(store.read("0/tile/0/000.p/200")).isEmpty();
        assertThat(store.read("0/tile/entries/000.p/200")).isEmpty();
        assertThat(store.read("0/tile/0/001.p/44")).isPresent();
    }

    @Test
    void everyTileThatWasAlteredOrTakenAwayIsFoundAtItsPlace() throws IOException {
        append(66_000);
        Checkpoint head = grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), order.size());
        assertThat(audit(head)).isEmpty();
        List<Tile> tiles = Tile.added(0, head.size());
        List<Tile> edges = tiles.stream()
                .filter(tile -> !tile.isFull() || tile.index() == 0)
                .toList();
        assertThat(edges).hasSizeGreaterThan(6);

        for (Tile tile : edges) {
            Path file = folder.resolve("0/tile/" + tile.path());
            byte[] content = Files.readAllBytes(file);
            byte[] altered = content.clone();
            altered[random.nextInt(altered.length)] ^= 1;
            Files.write(file, altered);
            assertThat(audit(head))
                    .as("seed %d", SEED)
                    .contains("tile " + tile.path() + " is not what the order comes to");

            Files.delete(file);
            assertThat(audit(head)).contains("tile " + tile.path() + " is missing");
            Files.write(file, content);
        }
        order.set(100, new byte[33]);
        assertThat(audit(head))
                .anyMatch(problem -> problem.contains("tile entries/000 "))
                .anyMatch(problem -> problem.contains("root"));
    }

    @Test
    void aCheckpointThatWasAlteredIsFound() {
        append(300);
        Checkpoint head = grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 300);
        NoteSigner log = signer();
        String served = signed(head, log);

        assertThat(fault(served, head, log)).isEmpty();
        for (int i = 0; i < served.length(); i++) {
            if (served.charAt(i) < 0x80) { // one half of the dash alone is no text
                char[] altered = served.toCharArray();
                altered[i] ^= 1;
                assertThat(fault(new String(altered), head, log))
                        .as("character %d", i)
                        .isPresent();
            }
        }
        assertThat(fault(signed(head, signer()), head, log))
                .as("signed anew by another")
                .isPresent();
        assertThat(fault(signed(Checkpoint.of(ORIGIN, 299, head.root()), log), head, log))
                .isPresent();
        assertThat(fault(signed(Checkpoint.of(ORIGIN, 301, head.root()), log), head, log))
                .isPresent();
    }

    @Test
    void anOrderWithOtherEntriesThanWerePublishedIsNoticed() {
        append(1000);
        Checkpoint head = grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 900);
        byte[] published = order.set(899, new byte[] {1});
        assertThatThrownBy(() -> grow(store, head, 1000)).isInstanceOf(InconsistentTreeException.class);
        assertThatThrownBy(() -> integrator(store).verify(head)).isInstanceOf(InconsistentTreeException.class);

        order.set(899, published);
        order.set(770, new byte[] {1});
        assertThatThrownBy(() -> grow(store, head, 1000)).isInstanceOf(InconsistentTreeException.class);
    }

    @Test
    void anOrderWithAGapIsNoticed() {
        append(50);
        assertThatThrownBy(() -> grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 60))
                .isInstanceOf(InconsistentTreeException.class)
                .hasMessageContaining("50");
    }

    @Test
    void anotherLogInTheSameFolderIsNoticed() {
        append(600);
        grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 600);
        order.clear();
        append(700);

        assertThatThrownBy(() -> grow(store, Checkpoint.of(ORIGIN, 0, Hash.EMPTY_TREE), 700))
                .isInstanceOf(InconsistentTreeException.class)
                .hasMessageContaining("tile/");
    }

    private List<String> audit(Checkpoint head) {
        return new TileAudit(
                        (start, end) -> order.subList((int) start, (int) Math.min(end, order.size())),
                        new LogFiles(store, LogNumber.FIRST),
                        head)
                .problems();
    }

    private Optional<String> fault(String served, Checkpoint head, NoteSigner log) {
        return PublishedCheck.fault(served, head, new LogFiles(store, LogNumber.FIRST), List.of(log.verifier()));
    }

    private static NoteSigner signer() {
        return NoteSigner.of(ORIGIN, SignatureType.ED25519, NoteSigner.newKeyPair(SignatureType.ED25519));
    }

    private static String signed(Checkpoint checkpoint, NoteSigner by) {
        return new SignedNote(checkpoint.text(), List.of(by.sign(checkpoint.text(), Instant.now()))).format();
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[33];
            random.nextBytes(entry);
            order.add(entry);
        }
    }

    private Integrator integrator(LogStore in) {
        return new Integrator(
                (start, end) -> order.subList((int) start, (int) Math.min(end, order.size())),
                new LogFiles(in, LogNumber.FIRST));
    }

    private Checkpoint grow(LogStore in, Checkpoint head, long size) {
        var grown = Checkpoint.of(ORIGIN, size, integrator(in).grow(head, size));
        new LogFiles(in, LogNumber.FIRST)
                .swap(Note.HEAD, new LogFiles(in, LogNumber.FIRST).read(Note.HEAD), grown.text());
        integrator(in).removePartials(head.size(), size);
        return grown;
    }

    /** Every tile that a tree of this size has is there, and the root over the entries is the head's. */
    private void assertPublished(Checkpoint head) {
        var tree = new TiledTree(head.size(), new LogFiles(store, LogNumber.FIRST));
        Subtrees entries = new Subtrees() {
            @Override
            public Hash complete(int level, long index) {
                return Hash.ofSubtree(order.subList((int) (index << level), (int) ((index + 1) << level)).stream()
                        .map(Hash::ofLeaf)
                        .toList());
            }
        };
        assertThat(tree.root()).as("seed %d", SEED).isEqualTo(head.root()).isEqualTo(entries.root(head.size()));
        long start = Math.max(0, head.size() - 300);
        for (long index = start; index < head.size(); index++) {
            assertThat(tree.entry(index)).isEqualTo(order.get((int) index));
            assertThat(tree.leaf(index)).isEqualTo(Hash.ofLeaf(order.get((int) index)));
        }
        for (Tile tile : Tile.added(0, head.size())) {
            Optional<byte[]> found = new LogFiles(store, LogNumber.FIRST).find(tile);
            assertThat(found).as("tile %s, seed %d", tile.path(), SEED).isPresent();
            if (tile.level() == Tile.ENTRIES) {
                assertThat(EntryBundle.parse(found.get(), tile.width())).hasSize(tile.width());
            } else {
                assertThat(found.get()).hasSize(tile.width() * Hash.BYTES);
            }
        }
    }
}
