package io.consentry.operator;

import io.consentry.kernel.FaultException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Runs a command and tells its exit code. */
@ApplicationScoped
public class Operator {

    private static final int DONE = 0;
    private static final int REFUSED = 1;

    private final List<Verb<?>> verbs;

    Operator(@All List<Verb<?>> verbs) {
        this.verbs = verbs;
    }

    /** Does what was asked for; a refusal is a sentence and an exit code, never a stack trace. */
    public int run(Invocation.Call call, Terminal terminal) {
        try {
            run(verb(call.arguments()), call.arguments(), terminal);
            return DONE;
        } catch (FaultException e) {
            terminal.say(e.fault().code().title() + ". " + e.fault().detail());
            return REFUSED;
        }
    }

    private static <A> void run(Verb<A> verb, Object arguments, Terminal terminal) {
        verb.run(verb.takes().cast(arguments), terminal);
    }

    private Verb<?> verb(Object arguments) {
        return verbs.stream()
                .filter(verb -> verb.takes().isInstance(arguments))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no verb takes " + arguments));
    }
}
