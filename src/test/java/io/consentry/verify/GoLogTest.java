package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.tlog.ConsistencyProof;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InclusionProof;
import io.consentry.tlog.TiledTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's own implementation (golang.org/x/mod/sumdb) reads our logs and checks our proofs, and we read and check its. */
@EnabledIfSystemProperty(named = "consentry.tools", matches = "true")
class GoLogTest {

    private static final Path PROGRAM = Path.of("target/go-log").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        run("go", "build", "-o", PROGRAM.toString(), "src/test/go/log.go");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 255, 256, 257, 700, 66_000})
    void ourLogIsGoodForGoAndItsProofsForUs(long size) throws Exception {
        TestLog log = new TestLog(folder).write(size);
        List<Long> places = List.of(0L, 1L, size / 3, size / 2, size - 1);
        var proofs = new ArrayList<String>();
        for (long n : places) {
            proofs.add("inclusion " + n + words(log.tree(size).inclusion(n).path()));
            if (n > 0) {
                proofs.add(
                        "consistency " + n + words(log.tree(size).consistency(n).path()));
            }
        }
        Files.write(folder.resolve("java-proofs"), proofs);

        String said = run(
                PROGRAM.toString(),
                "check",
                folder.toString(),
                log.classic.verifier().toString());

        assertThat(said).endsWith(proofs.size() + " proofs\n");
        for (String line : Files.readAllLines(folder.resolve("go-proofs"))) {
            assertThat(holds(line, log.tree(size), size)).as(line).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 256, 700, 66_000})
    void aLogThatGoWroteVerifies(long size) throws Exception {
        String key = run(PROGRAM.toString(), "write", folder.toString(), String.valueOf(size))
                .strip();

        LogReport report = Replica.check(folder.toString(), Optional.of(Trust.inKey(key)), Optional.empty());

        assertThat(report.problems()).isEmpty();
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(size);
    }

    private static boolean holds(String line, TiledTree tree, long size) {
        String[] words = line.strip().split(" +", -1);
        long n = Long.parseLong(words[1]);
        List<Hash> path = Arrays.stream(words).skip(2).map(Hash::parse).toList();
        return words[0].equals("inclusion")
                ? new InclusionProof(n, size, path).leads(tree.leaf(n), tree.root())
                : new ConsistencyProof(n, size, path).connects(tree.root(n), tree.root());
    }

    private static String words(List<Hash> path) {
        return path.stream().map(hash -> " " + hash).collect(Collectors.joining());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The packages that Debian brings, and no network.
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", "/usr/share/gocode");
        builder.environment()
                .put("GOCACHE", Path.of("target/go-cache").toAbsolutePath().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
