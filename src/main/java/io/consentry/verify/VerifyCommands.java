package io.consentry.verify;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be typed after {@code scripts/verify}. */
@Command(
        name = "scripts/verify",
        description = "Checks a log or a receipt of a Consentry, without believing the service that it is of.",
        footer = {
            "",
            "A policy is a C2SP file: lines 'log VKEY [URL]', 'witness NAME VKEY', 'group …', 'quorum NAME' or 'quorum none'. The log"
                    + " serves one at its address, below /ledger/policy; get it by another way to be sure of it.",
            "",
            "From a checkout, scripts/verify builds what it needs. With the program alone, without its sources:",
            "  java -cp 'quarkus-app/app/*:quarkus-app/lib/main/*' io.consentry.verify.Verify log URL",
            "",
            "Exit codes: 0 verified, 1 does not verify, 2 not understood, 3 could not be read."
        },
        synopsisSubcommandLabel = "log | receipt | proof",
        subcommands = {VerifyCommands.Log.class, VerifyCommands.Receipt.class, VerifyCommands.Proof.class})
final class VerifyCommands {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    static CommandLine parser() {
        return new CommandLine(new VerifyCommands()).setUsageHelpWidth(110);
    }

    /** Whose signatures are believed. */
    static final class TrustOptions {
        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "The logs and witnesses to believe (C2SP tlog-policy).")
        @Nullable Path policy;

        @Option(
                names = "--key",
                paramLabel = "VKEY",
                description = "The one log to believe, by its verifier key: name+id+key.")
        @Nullable String key;
    }

    /** How the answer is said: the same for everything that is checked. */
    abstract static class Said {
        @Option(names = "--json", description = "Say it for programs.")
        boolean json;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        boolean help;
    }

    /** A whole log. */
    @Command(
            name = "log",
            description = {
                "Reads a whole log from its address, or from a folder, and computes every hash of it anew from the entries.",
                "",
                "Without --policy or --key the keys that the log names itself are believed: this shows that the log is of one piece,"
                        + " not whose it is. With --keep they are remembered, and others are refused later.",
                ""
            })
    static final class Log extends Said {
        @Parameters(
                paramLabel = "URL",
                description =
                        "Where the log is, such as https://consentry.example/ledger, or a folder with a copy of it.")
        String place = "";

        @ArgGroup(exclusive = true)
        @Nullable TrustOptions trust;

        @Option(
                names = "--keep",
                paramLabel = "FOLDER",
                description =
                        "Keep a copy. A later run goes on from there, and finds what was changed or taken out since.")
        @Nullable Path keep;
    }

    /** A receipt. */
    @Command(
            name = "receipt",
            description = "Checks a receipt (*.consent-receipt.json) from its file alone, without any network.")
    static final class Receipt extends Said {
        @Parameters(paramLabel = "FILE", description = "The receipt.")
        Path file = Path.of("");

        @ArgGroup(exclusive = true, multiplicity = "1")
        TrustOptions trust = new TrustOptions();

        @Option(
                names = "--jwks",
                paramLabel = "FILE",
                description = "The service's keys, as it serves them at /.well-known/keys, to check the promise with.")
        @Nullable Path keys;
    }

    /** A proof and its entry. */
    @Command(
            name = "proof",
            description = "Checks a proof (*.tlog-proof) of an entry of any C2SP log, without any network.")
    static final class Proof extends Said {
        @Parameters(paramLabel = "FILE", description = "The proof.")
        Path file = Path.of("");

        @ArgGroup(exclusive = true, multiplicity = "1")
        EntryOptions entry = new EntryOptions();

        @ArgGroup(exclusive = true, multiplicity = "1")
        TrustOptions trust = new TrustOptions();
    }

    /** The entry of a proof. */
    static final class EntryOptions {
        @Option(names = "--entry", paramLabel = "FILE", description = "A file with the bytes of the entry.")
        @Nullable Path file;

        @Option(names = "--entry-base64", paramLabel = "BASE64", description = "The bytes of the entry.")
        @Nullable String base64;
    }
}
