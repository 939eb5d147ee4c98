package io.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood before anything starts. */
class CommandLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "keys --help", "clients suspend -h", "nonsense --help"})
    void helpNamesEveryCommand(String line) {
        CommandLine understood = parse(line);

        assertThat(understood)
                .isInstanceOfSatisfying(
                        CommandLine.Help.class,
                        help -> assertThat(help.text())
                                .contains(Arrays.stream(Command.values())
                                        .map(Command::usage)
                                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keys", "keys rotat", "rotate keys", "clients suspend", "clients suspend a b", "keys list x"})
    void aMistakeIsASentence(String line) {
        CommandLine understood = parse(line);

        assertThat(understood)
                .isInstanceOfSatisfying(
                        CommandLine.Misuse.class,
                        misuse -> assertThat(misuse.sentence()).contains("scripts/operate"));
    }

    @Test
    void aCommandKeepsItsArguments() {
        assertThat(parse("clients suspend harbour-bank")).isInstanceOfSatisfying(CommandLine.Call.class, call -> {
            assertThat(call.command()).isEqualTo(Command.CLIENTS_SUSPEND);
            assertThat(call.arguments()).containsExactly("harbour-bank");
        });
    }

    private static CommandLine parse(String line) {
        return CommandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }
}
