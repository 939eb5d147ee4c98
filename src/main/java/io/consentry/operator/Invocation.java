package io.consentry.operator;

import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person typed after {@code operate}, understood before anything is started: help and mistakes need no database.
 */
public sealed interface Invocation {

    /** Exit code of a command line that means nothing. */
    int MISUSE = 2;

    /** Help was asked for, or the script that completes commands. */
    record Help(String text) implements Invocation {}

    /** It means nothing; the sentence says what was expected. */
    record Misuse(String sentence) implements Invocation {}

    /** A command, with all that it needs. Opaque outside this package. */
    final class Call implements Invocation {

        private final Object arguments;

        private Call(Object arguments) {
            this.arguments = arguments;
        }

        Object arguments() {
            return arguments;
        }
    }

    static Invocation parse(List<String> words) {
        CommandLine root = Operate.parser();
        try {
            ParseResult parsed = root.parseArgs(words.toArray(String[]::new));
            return understood(last(parsed), words);
        } catch (ParameterException e) {
            return misuse(e, words);
        }
    }

    private static Invocation understood(ParseResult parsed, List<String> words) {
        CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested() || words.isEmpty()) {
            return new Help(command.getUsageMessage(Ansi.OFF));
        }
        Object arguments = command.getCommand();
        if (arguments instanceof Operate.Completion) {
            return new Help(AutoComplete.bash("operate", Operate.parser()));
        }
        return command.getSubcommands().isEmpty()
                ? new Call(arguments)
                : new Misuse(name(command) + " is followed by one of "
                        + String.join(", ", command.getSubcommands().keySet()) + ". " + more(command));
    }

    private static Misuse misuse(ParameterException mistake, List<String> words) {
        CommandLine command = mistake.getCommandLine();
        boolean isNoVerb = mistake instanceof UnmatchedArgumentException
                && !command.getSubcommands().isEmpty();
        String subject = mistake instanceof MutuallyExclusiveArgsException ? "The arguments " : "";
        String what = isNoVerb
                ? "There is no command '" + String.join(" ", words) + "'"
                : subject
                        + String.valueOf(mistake.getMessage())
                                .replaceAll("^Error: |\\.$", "")
                                .replaceAll("\\s+", " ");
        return new Misuse(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ". " + more(command));
    }

    private static String more(CommandLine command) {
        return name(command) + " --help says more.";
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }
}
