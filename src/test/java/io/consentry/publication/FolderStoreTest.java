package io.consentry.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.database.StartRefusal;
import io.consentry.tlog.InconsistentTreeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

    @TempDir
    Path folder;

    private FolderStore store;

    @BeforeEach
    void open() {
        store = new FolderStore(folder.resolve("store"));
    }

    @Test
    void whatNeverChangesIsPutOnceAndTheSameMayBePutAgain() {
        store.create("0/tile/0/x001/000", bytes("one"));
        store.create("0/tile/0/x001/000", bytes("one"));

        assertThatThrownBy(() -> store.create("0/tile/0/x001/000", bytes("two")))
                .isInstanceOf(InconsistentTreeException.class)
                .hasMessageContaining("0/tile/0/x001/000");
        assertThat(store.read("0/tile/0/x001/000")).contains(bytes("one"));
        assertThat(store.read("0/tile/0/x001/001")).isEmpty();
    }

    @Test
    void ofAllWhoSwapTheSameHeadOneWins() throws Exception {
        store.swap("0/head", Optional.empty(), bytes("0"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 50; round++) {
                Optional<byte[]> before = store.read("0/head");
                int current = round;
                List<Callable<Boolean>> swaps = IntStream.range(0, 20)
                        .mapToObj(i -> (Callable<Boolean>)
                                // Another instance, as in another process.
                                () -> new FolderStore(folder.resolve("store"))
                                        .swap("0/head", before, bytes(current + "/" + i)))
                        .toList();

                long won = 0;
                for (var swap : threads.invokeAll(swaps)) {
                    won += swap.get() ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsTakenOutIsGoneWithAllBelowIt() {
        store.create("0/tile/0/000.p/1", bytes("one"));
        store.create("0/tile/0/000.p/2", bytes("two"));
        store.create("0/tile/0/000", bytes("full"));

        store.removeBelow("0/tile/0/000.p");
        store.removeBelow("0/tile/0/000.p");

        assertThat(store.read("0/tile/0/000.p/1")).isEmpty();
        assertThat(store.read("0/tile/0/000")).isPresent();
    }

    @Test
    void nothingIsLeftBesideWhatWasPut() throws Exception {
        store.create("0/a", bytes("one"));
        store.create("0/a", bytes("one"));
        store.swap("0/b", Optional.empty(), bytes("one"));
        store.swap("0/b", Optional.empty(), bytes("two"));

        try (Stream<Path> drafts = Files.list(folder.resolve("store/.drafts"))) {
            assertThat(drafts).isEmpty();
        }
    }

    @Test
    void whatADeadProcessWasWritingIsRemovedAfterADay() throws Exception {
        Path old = Files.writeString(folder.resolve("store/.drafts/draft1"), "half");
        Path young = Files.writeString(folder.resolve("store/.drafts/draft2"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        open();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void aNameLeadsNowhereElse() {
        for (String name : List.of("../outside", "0/../../outside", "/etc/passwd", "")) {
            assertThatThrownBy(() -> store.create(name, bytes("x"))).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void aFolderKeepsTwoNodesApart() {
        assertThatCode(() -> StoreRules.check(store)).doesNotThrowAnyException();
    }

    @Test
    void aStoreThatPutsOverWhatIsThereIsRefusedAtStart() {
        var careless = new MapStore();
        careless.overwrites = true;

        assertThatThrownBy(() -> StoreRules.check(careless))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("puts over what is there");
    }

    @Test
    void aStoreThatSwapsWhateverIsThereIsRefusedAtStart() {
        var careless = new MapStore();
        careless.swapsAlways = true;

        assertThatThrownBy(() -> StoreRules.check(careless))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("swaps");
    }

    @Test
    void aStoreThatIsNotThereIsRefusedAtStart() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> StoreRules.check(new FolderStore(file.resolve("below"))))
                .isInstanceOfAny(StartRefusal.class, StoreUnavailableException.class)
                .hasMessageContaining("file");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Keeps what it is given, and can be told to be careless. */
    private static final class MapStore implements LogStore {

        private final Map<String, byte[]> contents = new HashMap<>();
        private boolean overwrites;
        private boolean swapsAlways;

        @Override
        public Optional<byte[]> read(String name) {
            return Optional.ofNullable(contents.get(name));
        }

        @Override
        public void create(String name, byte[] content) {
            byte[] there = overwrites ? null : contents.putIfAbsent(name, content);
            if (there != null && !java.util.Arrays.equals(there, content)) {
                throw new InconsistentTreeException(name);
            }
            contents.put(name, content);
        }

        @Override
        public boolean swap(String name, Optional<byte[]> expected, byte[] content) {
            boolean isExpected = java.util.Arrays.equals(contents.get(name), expected.orElse(null));
            if (isExpected || swapsAlways) {
                contents.put(name, content);
            }
            return isExpected || swapsAlways;
        }

        @Override
        public void removeBelow(String prefix) {
            new ArrayList<>(contents.keySet())
                    .stream().filter(name -> name.startsWith(prefix + "/")).forEach(contents::remove);
        }
    }
}
