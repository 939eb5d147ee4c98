package io.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood before anything starts. */
class InvocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "-h"})
    void helpNamesEveryVerb(String line) {
        assertThat(help(line))
                .contains(
                        "keys list",
                        "ledger check",
                        "keys rotate",
                        "clients list",
                        "clients suspend ID",
                        "clients activate ID",
                        "consents revoke [GRANT]",
                        "consents invalidate GRANT",
                        "obligations overdue",
                        "clock accept",
                        "completion",
                        "Exit codes: 0 done, 1 refused or failed, 2 not understood.");
    }

    @Test
    void eachVerbHasHelpOfItsOwn() {
        assertThat(help("keys --help")).contains("keys rotate").doesNotContain("suspend");
        assertThat(help("clients suspend -h")).contains("scripts/operate clients suspend", "ID", "client_id");
        assertThat(help("consents revoke --help"))
                .contains("--client=ID", "--purpose=CODE", "--reason=CODE", "--confirm=AT_MOST", "court_order")
                .doesNotContain("person_withdrew");
    }

    @ParameterizedTest
    @CsvSource({
        "keys, scripts/operate keys is followed by one of list",
        "keys rotat, There is no command 'keys rotat'.",
        "rotate keys, There is no command 'rotate keys'.",
        "clients suspend, Missing required parameter: 'ID'.",
        "clients suspend a b, Unmatched argument at index 3: 'b'.",
        "clients suspend a/b, Invalid value for positional parameter at index 0 (ID): a client's identifier has",
        "keys list x, Unmatched argument at index 2: 'x'.",
        "consents revoke x --reason court_order, Invalid value for positional parameter at index 0 (GRANT): a grant is named",
        "consents revoke --client x, Missing required option: '--reason=CODE'.",
        "consents revoke --client x --reason person_withdrew, Invalid value for option '--reason': it is one of client_susp",
        "consents revoke --client x --reason, Missing required parameter for option '--reason' (CODE).",
        "consents revoke --client x --client y --reason court_order, Expected only one match but got (GRANT | --client=ID | --purpose=CODE)={--client=x} and",
        "consents revoke --reason court_order, Missing required argument (specify one of these): (GRANT | --client=ID | --purpose=CODE)",
        "consents revoke b6c1f1de-4f6e-4a57-8f0f-3a111c7a2f0e --client x --reason court_order, 'The arguments GRANT, --client=ID are mutually exclusive (specify only one).'",
        "consents revoke --client x --purpose y --reason court_order, 'The arguments --client=ID, --purpose=CODE are mutually exclusive (specify only one).'",
        "consents revoke --client x --reason court_order --force, Unknown option: '--force'.",
        "consents revoke --client x --reason court_order --confirm many, Invalid value for option '--confirm'"
    })
    @Requirement("CX-OP-3")
    void aMistakeIsASentenceThatNamesIt(String line, String what) {
        assertThat(parse(line))
                .isInstanceOfSatisfying(
                        Invocation.Misuse.class,
                        misuse -> assertThat(misuse.sentence())
                                .startsWith(what)
                                .endsWith(" --help says more.")
                                .contains("scripts/operate")
                                .doesNotContain("\n"));
    }

    @Test
    void aCommandKeepsItsArguments() {
        assertThat(parse("clients suspend harbour-bank"))
                .isInstanceOfSatisfying(
                        Invocation.Call.class,
                        call -> assertThat(((ClientsSuspend.Arguments) call.arguments()).client())
                                .hasToString("harbour-bank"));
    }

    /** As bash itself reads it. */
    @Test
    void theCompletionScriptCompletesVerbsAndReasons() throws IOException, InterruptedException {
        String script = help("completion");

        assertThat(completed(script, "operate", "consents", "")).contains("revoke", "invalidate");
        assertThat(completed(script, "operate", "consents", "revoke", "--reason", "court"))
                .contains("court_order");
    }

    private static String completed(String script, String... words) throws IOException, InterruptedException {
        String typed = "'" + String.join("' '", words) + "'";
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        script + "\nCOMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.length - 1)
                                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; _complete_operate; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String help(String line) {
        return ((Invocation.Help) parse(line)).text();
    }

    private static Invocation parse(String line) {
        return Invocation.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }
}
