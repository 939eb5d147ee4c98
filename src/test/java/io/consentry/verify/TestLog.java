package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.EntryBundle;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InclusionProof;
import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Tile;
import io.consentry.tlog.TileHasher;
import io.consentry.tlog.TiledTree;
import io.consentry.tlog.TlogProof;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** A log of our own in a folder: entries of 33 bytes, keys of both kinds, and one witness. */
final class TestLog {

    static final String ORIGIN = "consentry.test/log";
    static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    final NoteSigner classic = signer(ORIGIN, SignatureType.ED25519);
    final NoteSigner quantum = signer(ORIGIN, SignatureType.ML_DSA_44_COSIGNATURE);
    final NoteSigner witness = signer("witness.test", SignatureType.ED25519_COSIGNATURE);

    private final Path folder;

    TestLog(Path folder) {
        this.folder = folder;
    }

    /** Writes by hand the log whose replication is measured: TestLog folder entries. */
    public static void main(String[] arguments) {
        var log = new TestLog(Path.of(arguments[0]));
        log.write(Long.parseLong(arguments[1]));
        log.put("policy", log.policy().getBytes(StandardCharsets.UTF_8));
    }

    static NoteSigner signer(String name, SignatureType type) {
        return NoteSigner.of(name, type, NoteSigner.newKeyPair(type));
    }

    Path folder() {
        return folder;
    }

    String policy() {
        return "log " + classic.verifier() + "\nlog " + quantum.verifier() + "\nquorum none\n";
    }

    String witnessedPolicy() {
        return "log " + classic.verifier() + "\nlog " + quantum.verifier() + "\nwitness w " + witness.verifier()
                + "\nquorum w\n";
    }

    Trust trust() {
        return Trust.inPolicy(policy());
    }

    /** What every log of these tests has at an index. */
    static byte[] entry(long index) {
        byte[] entry = new byte[33];
        entry[0] = 1;
        ByteBuffer.wrap(entry, 1, 8).putLong(index * 0x9E3779B97F4A7C15L);
        return entry;
    }

    TestLog write(long size) {
        return write(size, TestLog::entry);
    }

    /** All tiles of so many entries, and the checkpoint. */
    TestLog write(long size, LongFunction<byte[]> entries) {
        var hasher = new TileHasher();
        var levels = new ArrayList<ByteArrayOutputStream>();
        for (long start = 0; start < size; start += Tile.FULL) {
            int width = Tile.widthIn(size, 0, start >> 8);
            byte[] bundle = bundle(start, width, entries);
            put(new Tile(Tile.ENTRIES, start >> 8, width), bundle);
            fill(levels, 0, hasher.leaves(bundle, width, width), start >> 8, hasher);
        }
        for (int level = 0; level < levels.size(); level++) {
            if (levels.get(level).size() > 0) {
                int width = levels.get(level).size() / Hash.BYTES;
                put(
                        new Tile(level, size >> (8 * (level + 1)), width),
                        levels.get(level).toByteArray());
            }
        }
        return sign(size, classic, quantum);
    }

    private static byte[] bundle(long start, int width, LongFunction<byte[]> entries) {
        return EntryBundle.format(Stream.iterate(start, i -> i + 1)
                .limit(width)
                .map(entries::apply)
                .toList());
    }

    private void fill(List<ByteArrayOutputStream> levels, int level, byte[] hashes, long index, TileHasher hasher) {
        if (levels.size() == level) {
            levels.add(new ByteArrayOutputStream());
        }
        ByteArrayOutputStream tile = levels.get(level);
        tile.writeBytes(hashes);
        if (tile.size() == Tile.FULL * Hash.BYTES) {
            long own = level == 0 ? index : index >> 8;
            put(new Tile(level, own, Tile.FULL), tile.toByteArray());
            fill(levels, level + 1, hasher.over(tile.toByteArray()), own, hasher);
            tile.reset();
        }
    }

    /** Signs the tree of the tiles that are here. */
    TestLog sign(long size, NoteSigner... signers) {
        put("checkpoint", note(size, signers).format().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    SignedNote note(long size, NoteSigner... signers) {
        String text = Checkpoint.of(ORIGIN, size, tree(size).root()).text();
        List<NoteSignature> signatures =
                Stream.of(signers).map(signer -> signer.sign(text, NOW)).toList();
        return new SignedNote(text, signatures);
    }

    TiledTree tree(long size) {
        return new TiledTree(size, new LogFiles(new FolderLog(folder)));
    }

    String proof(long index, long size, NoteSigner... signers) {
        InclusionProof proof = tree(size).inclusion(index);
        return new TlogProof(Optional.empty(), index, proof.path(), note(size, signers)).format();
    }

    private void put(Tile tile, byte[] bytes) {
        put("tile/" + tile.path(), bytes);
    }

    void put(String path, byte[] bytes) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] get(String path) {
        try {
            return Files.readAllBytes(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file of it, as paths below its address. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
