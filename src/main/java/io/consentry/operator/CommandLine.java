package io.consentry.operator;

import java.util.List;

/**
 * What a person typed after {@code operate}, understood before anything is started: help and mistakes need no database.
 */
public sealed interface CommandLine {

    /** Exit code of a command line that means nothing. */
    int MISUSE = 2;

    /** Help was asked for. */
    record Help(String text) implements CommandLine {}

    /** It means nothing; the sentence says what was expected. */
    record Misuse(String sentence) implements CommandLine {}

    /** A command, with all that it needs. Opaque outside this package. */
    final class Call implements CommandLine {

        private final Command command;
        private final List<String> arguments;

        private Call(Command command, List<String> arguments) {
            this.command = command;
            this.arguments = arguments;
        }

        Command command() {
            return command;
        }

        List<String> arguments() {
            return arguments;
        }
    }

    static CommandLine parse(List<String> words) {
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            return new Help(help());
        }
        return Command.find(words)
                .map(command -> call(command, command.rest(words)))
                .orElseGet(() -> new Misuse("There is no command '" + String.join(" ", words)
                        + "'. scripts/operate --help lists them all."));
    }

    private static CommandLine call(Command command, List<String> arguments) {
        return command.takes(arguments)
                ? new Call(command, arguments)
                : new Misuse("Usage: scripts/operate " + command.usage());
    }

    private static String help() {
        return """
                Acts on the database and the keys of a Consentry, whether or not it is running.

                Usage: scripts/operate COMMAND

                %s

                The settings are those of the service. With the sandbox's own database, the sandbox must be running.
                Exit codes: 0 done, 1 refused or failed, 2 not understood.""".formatted(Command.help());
    }
}
