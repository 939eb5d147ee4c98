package io.consentry.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as somebody types it: what it says, and its exit codes. */
class VerifyTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestLog log;

    @BeforeEach
    void write() {
        log = TestReceipt.log(folder.resolve("log"), 700, 300);
        log.put("../policy", log.policy().getBytes(StandardCharsets.UTF_8));
        log.put(
                "../my.consent-receipt.json",
                TestReceipt.bytes(TestReceipt.included(log, 300, 700, log.classic, log.quantum)));
        log.put("../keys", TestReceipt.keys().getBytes(StandardCharsets.UTF_8));
        log.put(
                "../an.tlog-proof",
                log.proof(300, 700, log.classic, log.quantum).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLogThatVerifiesIsSaidToAndWhatWasNotChecked() {
        assertThat(run("log", file("log"), "--policy", file("policy"))).isEqualTo(0);

        assertThat(said()).startsWith("VERIFIED").contains("Entries      700", "Not checked", "only the public part");
    }

    @Test
    void withoutAPolicyItIsSaidWhomItBelieves() {
        assertThat(run("log", file("log"), "--keep", file("copy"))).isEqualTo(0);

        assertThat(said()).contains("trust on first use");
        assertThat(run("log", file("log"), "--keep", file("copy"))).isEqualTo(0);
        assertThat(said()).contains("remembers");
    }

    @Test
    void aLogThatDoesNotVerifyEndsInOneAndNamesThePlace() {
        byte[] tile = log.get("tile/0/001");
        tile[7] ^= 1;
        log.put("tile/0/001", tile);

        assertThat(run("log", file("log"), "--policy", file("policy"), "--json"))
                .isEqualTo(1);
        assertThat(json().get("result").asText()).isEqualTo("refused");
        assertThat(json().get("problems").get(0).get("place").asText()).isEqualTo("tile/0/001");
    }

    @Test
    void aKeyOfTheLogIsEnough() {
        assertThat(run("log", file("log"), "--key", log.classic.verifier().toString()))
                .isEqualTo(0);
    }

    @Test
    void aReceiptIsSaidToBeIncluded() {
        assertThat(run("receipt", file("my.consent-receipt.json"), "--policy", file("policy"), "--jwks", file("keys")))
                .isEqualTo(0);
        assertThat(said())
                .startsWith("INCLUDED")
                .contains("✔ The promise", "– The rest")
                .doesNotContain("✘");
    }

    @Test
    void aReceiptForMachines() {
        run("receipt", file("my.consent-receipt.json"), "--policy", file("policy"), "--json");

        assertThat(json().get("result").asText()).isEqualTo("included");
        assertThat(json().get("index").asLong()).isEqualTo(300);
        assertThat(json().get("steps")).hasSizeGreaterThan(3);
    }

    @Test
    void aProofAndItsEntry() {
        String entry = Base64.getEncoder().encodeToString(TestReceipt.entry());

        assertThat(run("proof", file("an.tlog-proof"), "--entry-base64", entry, "--policy", file("policy")))
                .isEqualTo(0);
        assertThat(run("proof", file("an.tlog-proof"), "--entry", file("policy"), "--policy", file("policy")))
                .isEqualTo(1);
    }

    @Test
    void whatMeansNothingEndsInTwoWithASentence() {
        for (List<String> words : List.of(
                List.of("lgo"),
                List.of("log"),
                List.of("log", file("log"), "--key", "x"),
                List.of("log", file("log"), "--policy", file("policy"), "--key", "x"),
                List.of("receipt", file("my.consent-receipt.json")),
                List.of("receipt", file("my.consent-receipt.json"), "--policy", file("keys")),
                List.of("proof", file("an.tlog-proof"), "--entry-base64", "?", "--policy", file("policy")))) {
            err.reset();
            assertThat(run(words.toArray(String[]::new))).as("%s", words).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("scripts/verify --help says more.")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void whatCannotBeReadEndsInThree() {
        assertThat(run("log", file("nowhere"), "--policy", file("policy"))).isEqualTo(3);
        assertThat(run("log", "http://127.0.0.1:1/ledger", "--policy", file("policy")))
                .isEqualTo(3);
        assertThat(run("receipt", file("nowhere"), "--policy", file("policy"))).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no log at", "There is no file");
    }

    @Test
    void helpSaysHowToRunItWithAndWithoutACheckout() {
        assertThat(run("--help")).isEqualTo(0);

        assertThat(said()).contains("log", "receipt", "proof", "Exit codes", "io.consentry.verify.Verify");
        assertThat(run("log", "--help")).isEqualTo(0);
        assertThat(said()).contains("--keep");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... words) {
        out.reset();
        return new Verify(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false)
                .run(List.of(words));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
