package io.consentry.cosigner;

import io.consentry.tlog.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/witness}: starts a witness, for whoever keeps watch over a log of somebody else's. */
@Command(
        name = "scripts/witness",
        description = "A witness for transparency logs: cosigns checkpoints that go on from the one before.",
        mixinStandardHelpOptions = true,
        subcommands = CosignerProgram.Serve.class)
public final class CosignerProgram {

    private CosignerProgram() {}

    /** Runs until told to stop. Exits with 1, after one sentence, when it cannot start, and with 2 when it was not understood. */
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static CommandLine commandLine() {
        return new CommandLine(new CosignerProgram()).setExecutionExceptionHandler((failure, line, parsed) -> {
            System.err.println("The witness does not start: " + sentence(failure));
            return 1;
        });
    }

    private static String sentence(Exception failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException
                ? failure.toString()
                : String.valueOf(failure.getMessage());
    }

    /** {@code serve}. */
    @Command(
            name = "serve",
            description = "Start a witness. Its keys are made on the first start.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footer = {
                "",
                "The folder is the witness's memory. Never put an older copy of it back: a witness that has forgotten",
                "can be shown two trees. Where it is lost, begin anew with another name and other keys."
            })
    static final class Serve implements Callable<Integer> {

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description =
                        "The witness's name in its signatures: an address without scheme, as ombudsman.example/w1.")
        private String name = "";

        @Option(
                names = "--policy",
                required = true,
                paramLabel = "FILE",
                description =
                        "A C2SP tlog-policy file, whose log lines say which logs are known. Other lines do not matter.")
        private Path policy = Path.of("");

        @Option(
                names = "--folder",
                defaultValue = ".witness",
                paramLabel = "FOLDER",
                description = "Where keys and checkpoints are kept. Default: ${DEFAULT-VALUE}")
        private Path folder = Path.of("");

        @Option(
                names = "--host",
                defaultValue = "127.0.0.1",
                paramLabel = "HOST",
                description = "Default: ${DEFAULT-VALUE}")
        private String host = "";

        @Option(names = "--port", defaultValue = "8090", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}")
        private int port;

        @Option(
                names = "--prefix",
                defaultValue = "",
                paramLabel = "PATH",
                description = "What stands before /add-checkpoint in the address; nothing by default.")
        private String prefix = "";

        @Option(
                names = "--read-seconds",
                defaultValue = "10",
                paramLabel = "SECONDS",
                description = "How long a request may take to arrive. Default: ${DEFAULT-VALUE}")
        private int readSeconds;

        @Override
        public Integer call() throws IOException {
            // Read once, when the first server is made.
            System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(readSeconds));
            System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(readSeconds));
            System.setProperty("jdk.httpserver.maxConnections", "1024");
            Policy logs = Policy.parse(Files.readString(policy, StandardCharsets.UTF_8));
            var cosigner = new Cosigner(folder, name, logs, InstantSource.system());
            var server = new CosignerServer(
                    cosigner, new InetSocketAddress(host, port), prefix, sentence -> System.err.println(sentence));
            server.start();
            String address = "http://" + host + ':' + server.port() + prefix;
            System.out.println("The witness " + name + " is ready: " + address);
            System.out.println(
                    "For the policy of the log's operator, one of these lines, with the address that he reaches:");
            cosigner.verifiers().forEach(key -> System.out.println("witness " + name + ' ' + key + ' ' + address));
            return 0;
        }
    }
}
