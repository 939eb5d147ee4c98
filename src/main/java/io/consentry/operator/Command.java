package io.consentry.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every verb there is, in the order of the help. A new one is a line here and a {@link Verb}. */
enum Command {
    KEYS_LIST("keys list", "", "the signing keys, and where each stands in its life", KeysList.class),
    KEYS_ROTATE("keys rotate", "", "publish the next signing key; it signs once clients have it", KeysRotate.class),
    CLIENTS_LIST("clients list", "", "the registered clients", ClientsList.class),
    CLIENTS_SUSPEND("clients suspend", "ID", "refuse a client everywhere, from its next call on", ClientsSuspend.class),
    CLIENTS_ACTIVATE("clients activate", "ID", "end a client's suspension", ClientsActivate.class),
    CONSENTS_REVOKE(
            "consents revoke",
            "[GRANT] [OPTION…]",
            "end a grant, or all with --client ID or --purpose CODE; --reason CODE, --confirm AT_MOST",
            ConsentsRevoke.class),
    CONSENTS_INVALIDATE(
            "consents invalidate",
            "GRANT [OPTION…]",
            "end a grant on the word of an authority; --reason CODE",
            ConsentsInvalidate.class),
    OBLIGATIONS_OVERDUE(
            "obligations overdue",
            "",
            "who should have attested by now that they have deleted",
            ObligationsOverdue.class),
    CLOCK_ACCEPT("clock accept", "", "the database's clock jumped and is right as it is now", ClockAccept.class);

    private static final String OPTIONS = "[OPTION…]";

    private final String words;
    private final String arguments;
    private final String summary;
    private final Class<? extends Verb> verb;

    Command(String words, String arguments, String summary, Class<? extends Verb> verb) {
        this.words = words;
        this.arguments = arguments;
        this.summary = summary;
        this.verb = verb;
    }

    /** The command that these words begin with. */
    static Optional<Command> find(List<String> words) {
        return Arrays.stream(values())
                .filter(command -> words.size() >= command.length()
                        && command.words.equals(String.join(" ", words.subList(0, command.length()))))
                .findFirst();
    }

    /** What follows the command in these words. */
    List<String> rest(List<String> all) {
        return List.copyOf(all.subList(length(), all.size()));
    }

    /** Whether as many arguments were given as are needed; one in brackets is not, and options are for the verb to read. */
    boolean takes(List<String> given) {
        List<String> names = arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
        long needed = names.stream().filter(name -> !name.startsWith("[")).count();
        boolean takesOptions = !names.isEmpty() && names.getLast().equals(OPTIONS);
        return given.size() >= needed && (takesOptions || given.size() <= names.size());
    }

    String usage() {
        return arguments.isEmpty() ? words : words + " " + arguments;
    }

    Class<? extends Verb> verb() {
        return verb;
    }

    static String help() {
        return Arrays.stream(values())
                .map(command -> String.format(Locale.ROOT, "  %-30s %s", command.usage(), command.summary))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private int length() {
        return words.split(" ", -1).length;
    }
}
