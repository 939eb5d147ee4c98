package io.consentry.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program behind {@code scripts/verify}. It needs neither the service nor a database, and asks nobody but the log. */
public final class Verify {

    /** All that was checked holds. */
    static final int VERIFIED = 0;
    /** Something does not. */
    static final int REFUSED = 1;
    /** The command line means nothing. */
    static final int MISUSE = 2;
    /** What was to be checked could not be read. */
    static final int UNREACHABLE = 3;

    private static final int MAX_FILE = 1024 * 1024;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean isTerminal;

    Verify(PrintStream out, PrintStream err, boolean isTerminal) {
        this.out = out;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    public static void main(String[] args) {
        System.setProperty("http.maxConnections", "16"); // as many are kept open as files are read at once
        var console = System.console();
        var program = new Verify(System.out, System.err, console != null && console.isTerminal());
        System.exit(program.run(List.of(args)));
    }

    /** Does what the words say; the exit code. */
    int run(List<String> words) {
        CommandLine root = VerifyCommands.parser();
        try {
            ParseResult parsed = root.parseArgs(words.toArray(String[]::new));
            ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            CommandLine command = last.commandSpec().commandLine();
            if (words.isEmpty() || last.isUsageHelpRequested()) {
                out.print(command.getUsageMessage(Ansi.OFF));
                return VERIFIED;
            }
            return switch (command.getCommand()) {
                case VerifyCommands.Log log -> log(log);
                case VerifyCommands.Receipt receipt -> receipt(receipt);
                case VerifyCommands.Proof proof -> proof(proof);
                default -> misuse("Say what to verify: log, receipt or proof.");
            };
        } catch (ParameterException e) {
            return misuse(String.valueOf(e.getMessage()));
        } catch (Unfit e) {
            return misuse(String.valueOf(e.getMessage()));
        } catch (UnreachableException e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        }
    }

    /** What somebody typed, or a file that they named, is of no use. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message);
        }
    }

    private int misuse(String sentence) {
        err.println(sentence.replaceAll("\\s+", " "));
        err.println("scripts/verify --help says more.");
        return MISUSE;
    }

    private int log(VerifyCommands.Log arguments) {
        LogReport report;
        try (Progress progress = arguments.json ? Progress.NONE : new ProgressLine(err, isTerminal)) {
            report = Replica.check(
                    arguments.place,
                    arguments.trust == null ? Optional.empty() : Optional.of(trust(arguments.trust)),
                    Optional.ofNullable(arguments.keep),
                    progress);
        } catch (IllegalArgumentException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
        out.print(arguments.json ? ReportJson.of(report) : ReportText.of(report));
        return report.isVerified() ? VERIFIED : REFUSED;
    }

    private int receipt(VerifyCommands.Receipt arguments) {
        return say(
                ReceiptCheck.receipt(
                        file(arguments.file),
                        trust(arguments.trust).policy(),
                        Optional.ofNullable(arguments.keys).map(Verify::text)),
                arguments.json);
    }

    private int proof(VerifyCommands.Proof arguments) {
        return say(
                ReceiptCheck.proof(
                        text(arguments.file),
                        entry(arguments),
                        trust(arguments.trust).policy()),
                arguments.json);
    }

    private int say(ReceiptReport report, boolean json) {
        out.print(json ? ReportJson.of(report) : ReportText.of(report));
        return report.isVerified() ? VERIFIED : REFUSED;
    }

    private static byte[] entry(VerifyCommands.Proof arguments) {
        if (arguments.entry.file != null) {
            return file(arguments.entry.file);
        }
        try {
            return Base64.getDecoder().decode(arguments.entry.base64);
        } catch (IllegalArgumentException e) {
            throw new Unfit("The entry is no base64.");
        }
    }

    private static Trust trust(VerifyCommands.TrustOptions options) {
        @Nullable Path policy = options.policy;
        try {
            return policy == null ? Trust.inKey(String.valueOf(options.key)) : Trust.inPolicy(text(policy));
        } catch (IllegalArgumentException e) {
            throw new Unfit("It is not known whom to believe: " + e.getMessage() + ".");
        }
    }

    private static String text(Path path) {
        return new String(file(path), StandardCharsets.UTF_8);
    }

    private static byte[] file(Path path) {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new Unfit(path + " is too large: it has more than " + MAX_FILE + " bytes.");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new UnreachableException("There is no file " + path + ".", e);
        } catch (IOException e) {
            throw new UnreachableException(path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
