package io.consentry.operator;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.Console;
import java.util.Optional;

/**
 * Asks before much is ended: the person types how much it is, or has said with {@code --confirm} how much it may be at most.
 * Without a terminal and without that option nothing is done.
 */
@ApplicationScoped
class Confirmation {

    /** How many may be ended; raises {@code invalid_parameter} when nobody confirmed as many as there are. */
    long require(long count, String sentence, Optional<Long> confirmed, Terminal terminal) {
        terminal.say(sentence);
        Optional<Long> answer = confirmed.or(() -> terminal.isInteractive() ? ask(count) : Optional.empty());
        if (answer.isEmpty()) {
            throw refused("Repeat it with --confirm " + count + ".");
        }
        if (answer.get() < count) {
            throw refused("Not confirmed: there are " + count + ". Nothing was done.");
        }
        return answer.get();
    }

    private static Optional<Long> ask(long count) {
        Console console = System.console();
        return Optional.ofNullable(console == null ? null : console.readLine("Type %d to go on: ", count))
                .map(String::strip)
                .map(typed -> typed.matches("[0-9]{1,18}") ? Long.parseLong(typed) : -1);
    }

    private static RuntimeException refused(String sentence) {
        return Fault.of(FaultCode.INVALID_PARAMETER, sentence).raise();
    }
}
