package io.consentry.operator;

import io.consentry.consent.Reason;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** The tree of verbs. A new one is a class here, with a {@link Verb} that takes its arguments. */
@Command(
        name = "scripts/operate",
        description = "Acts on the database and the keys of a Consentry, whether or not it is running.",
        footer = {
            "",
            "The settings are those of the service. With the sandbox's own database, the sandbox must be running.",
            "Exit codes: 0 done, 1 refused or failed, 2 not understood."
        },
        subcommands = {
            Operate.Keys.class,
            Operate.ClientsGroup.class,
            Operate.ConsentsGroup.class,
            Operate.ObligationsGroup.class,
            Operate.LedgerGroup.class,
            Operate.Clock.class,
            Operate.Completion.class
        })
interface Operate {

    /** What is about signing keys. */
    @Command(
            name = "keys",
            description = "Our signing keys.",
            subcommands = {KeysList.Arguments.class, KeysRotate.Arguments.class})
    interface Keys {}

    /** What is about clients. */
    @Command(
            name = "clients",
            description = "The registered clients.",
            subcommands = {ClientsList.Arguments.class, ClientsSuspend.Arguments.class, ClientsActivate.Arguments.class
            })
    interface ClientsGroup {}

    /** What is about grants. */
    @Command(
            name = "consents",
            description = "People's grants.",
            subcommands = {ConsentsRevoke.Arguments.class, ConsentsInvalidate.Arguments.class})
    interface ConsentsGroup {}

    /** What is about what clients owe. */
    @Command(
            name = "obligations",
            description = "What clients owe after a grant has ended.",
            subcommands = ObligationsOverdue.Arguments.class)
    interface ObligationsGroup {}

    /** What is about the ledger. */
    @Command(
            name = "ledger",
            description = "The ledger and its public logs.",
            subcommands = LedgerCheckVerb.Arguments.class)
    interface LedgerGroup {}

    /** What is about time. */
    @Command(name = "clock", description = "The database's clock.", subcommands = ClockAccept.Arguments.class)
    interface Clock {}

    /** Needs nothing that runs. */
    @Command(
            name = "completion",
            description = "Print a script that completes these commands: source <(scripts/operate completion).")
    interface Completion {}

    OptionSpec HELP = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help.")
            .build();

    /** The parser, whose help lists every verb below a command and not the next level alone. */
    static CommandLine parser() {
        CommandLine root = new CommandLine(Operate.class)
                .registerConverter(ClientId.class, Operate::client)
                .registerConverter(GrantId.class, Operate::grant)
                .registerConverter(Reason.class, Operate::reason);
        withEveryCommand(root).forEach(command -> {
            command.getCommandSpec().addOption(HELP);
            command.getHelpSectionMap()
                    .put(
                            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                            help -> verbs(help.commandSpec().commandLine()));
        });
        return root;
    }

    private static Stream<CommandLine> withEveryCommand(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(Operate::withEveryCommand));
    }

    private static String verbs(CommandLine command) {
        var table = Help.TextTable.forColumnWidths(CommandLine.Help.defaultColorScheme(Help.Ansi.OFF), 34, 76);
        withEveryCommand(command)
                .filter(each -> each != command && each.getSubcommands().isEmpty())
                .forEach(verb -> table.addRowValues(
                        "  " + synopsis(verb),
                        verb.getCommandSpec().usageMessage().description()[0]));
        return table.toString();
    }

    /** Below the program's name, with its arguments that have no name. */
    private static String synopsis(CommandLine verb) {
        String words = verb.getCommandSpec().qualifiedName().split(" ", 2)[1];
        return Stream.concat(
                        Stream.of(words),
                        verb.getCommandSpec().positionalParameters().stream()
                                .map(each -> each.required() && each.group() == null
                                        ? each.paramLabel()
                                        : "[" + each.paramLabel() + "]"))
                .collect(Collectors.joining(" "));
    }

    private static ClientId client(String text) {
        try {
            return new ClientId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("a client's identifier has 1 to 64 of A-Z a-z 0-9 . _ ~ -");
        }
    }

    private static GrantId grant(String text) {
        try {
            return GrantId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("a grant is named by its grant_id");
        }
    }

    private static Reason reason(String text) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.mayEndByOffice() && reason.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is one of " + String.join(", ", new ReasonCodes())));
    }
}
