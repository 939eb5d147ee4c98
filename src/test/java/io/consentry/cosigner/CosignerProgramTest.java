package io.consentry.cosigner;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.Effort;
import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, as an operator starts it. */
class CosignerProgramTest {

    private static final TestLog LOG = TestLog.of("log.example/2026");
    /** Nothing of the service's: whoever runs a witness needs the JDK, this program and picocli. */
    private static final String ALL_IT_NEEDS = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith("target/classes") || entry.contains("picocli"))
            .collect(Collectors.joining(File.pathSeparator));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Semaphore heard = new Semaphore(0);
    private final List<Process> programs = new ArrayList<>();

    @AfterEach
    void stop() {
        programs.forEach(Process::destroyForcibly);
        client.close();
    }

    private Process program(String... more) throws IOException {
        Path policy = folder.resolve("policy");
        Files.writeString(policy, LOG.policy());
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                ALL_IT_NEEDS,
                CosignerProgram.class.getName(),
                "serve",
                "--policy",
                policy.toString(),
                "--folder",
                folder.resolve("witness").toString(),
                "--name",
                "witness.example/w1",
                "--port",
                "0"));
        command.addAll(List.of(more));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        programs.add(program);
        return program;
    }

    /** Waits for its first sentence, and tells where it is. */
    private static URI address(Process program) throws IOException {
        var out = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        String first = String.valueOf(out.readLine());
        assertThat(first).startsWith("The witness witness.example/w1 is ready: ");
        assertThat(out.readLine()).contains("policy");
        assertThat(out.readLine()).startsWith("witness witness.example/w1 witness.example/w1+");
        return URI.create(first.substring(first.indexOf("http")) + "/add-checkpoint");
    }

    private HttpResponse<String> add(URI address, AddCheckpoint request) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofString(request.format()))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Killed amid its work, again and again: what it has said once it stands by. */
    @Test
    void aWitnessThatIsKilledContradictsNothingThatItSaid() throws Exception {
        var random = new Random(7);
        var said = Collections.synchronizedList(new ArrayList<Checkpoint>());
        int lives = Effort.of(3, 30);
        for (int life = 0; life < lives; life++) {
            Process program = program();
            URI address = address(program);
            heard.drainPermits();
            try (var asking = Executors.newFixedThreadPool(4)) {
                for (int fork = 0; fork < 4; fork++) {
                    TestLog shown = LOG.forkedAt(3, 4 * life + fork);
                    asking.execute(() -> insist(address, shown, said));
                }
                assertThat(heard.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                Thread.sleep(random.nextInt(100)); // some moment or other
                program.destroyForcibly().waitFor();
            }
        }

        var again = new TestCosigner(folder.resolve("witness"), "witness.example/w1", LOG);
        Checkpoint last = Checkpoint.parse(SignedNote.parse(again.get("/" + Cosigner.hash(LOG.origin()) + "/checkpoint")
                        .body())
                .text());
        again.close();
        assertThat(said).isNotEmpty();
        TestLog truth = IntStream.range(0, 4 * lives)
                .mapToObj(fork -> LOG.forkedAt(3, fork))
                .filter(shown -> shown.root(last.size()).equals(last.root()))
                .findFirst()
                .orElseThrow();
        assertThat(said).allSatisfy(each -> {
            assertThat(each.size()).isLessThanOrEqualTo(last.size());
            assertThat(each.root()).isEqualTo(truth.root(each.size()));
        });
    }

    /** Goes on from whatever the witness says it knows, one entry at a time, until it is gone. */
    private void insist(URI address, TestLog shown, List<Checkpoint> said) {
        long size = 0;
        try {
            while (true) {
                AddCheckpoint request = shown.add(size, size + 1);
                HttpResponse<String> answer = add(address, request);
                switch (answer.statusCode()) {
                    case 200 -> {
                        said.add(Checkpoint.parse(request.checkpoint().text()));
                        heard.release();
                        size++;
                    }
                    case 409 -> size = AddCheckpoint.parseSize(answer.body());
                    default -> {
                        return; // another tree won
                    }
                }
            }
        } catch (IOException e) {
            // it was killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoProgramsOnOneFolderAreOneWitness() throws Exception {
        List<URI> addresses = List.of(address(program()), address(program()));
        var said = Collections.synchronizedList(new ArrayList<Checkpoint>());

        try (var asking = Executors.newFixedThreadPool(8)) {
            for (int fork = 0; fork < 8; fork++) {
                TestLog shown = LOG.forkedAt(0, fork);
                URI address = addresses.get(fork % 2);
                asking.execute(() -> {
                    try {
                        for (long size = 0; size < 10; size++) {
                            if (add(address, shown.add(size, size + 1)).statusCode() == 200) {
                                said.add(Checkpoint.parse(
                                        shown.checkpoint(size + 1).text()));
                            }
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }

        assertThat(said.stream().map(Checkpoint::size)).doesNotHaveDuplicates().isNotEmpty();
        assertThat(IntStream.range(0, 8)
                        .filter(fork -> said.stream()
                                .anyMatch(each ->
                                        each.root().equals(LOG.forkedAt(0, fork).root(each.size())))))
                .hasSize(1);
    }

    @Test
    void aRequestThatComesTooSlowlyIsCutOff() throws Exception {
        URI address = address(program("--read-seconds", "1"));
        try (var socket = new Socket("127.0.0.1", address.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 100\r\n\r\nold"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).as("the end").isEqualTo(-1);
        }
    }

    @Test
    void whatItCannotRelyOnItSaysInASentence() throws Exception {
        Process first = program();
        URI address = address(first);
        add(address, LOG.add(0, 5));
        first.destroyForcibly().waitFor();
        Path kept =
                folder.resolve("witness").resolve(Cosigner.hash(LOG.origin())).resolve("checkpoint");
        Files.writeString(kept, Files.readString(kept).replace("\n5\n", "\n4\n"));

        Process second = program();

        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("The witness does not start: ")
                .contains("is not what this witness has written")
                .doesNotContain("\tat ");
    }
}
