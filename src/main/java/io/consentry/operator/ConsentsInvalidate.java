package io.consentry.operator;

import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code consents invalidate GRANT --reason R}: ends a grant on the word of an authority. */
@ApplicationScoped
class ConsentsInvalidate implements Verb {

    private final Consents consents;
    private final Acts acts;

    ConsentsInvalidate(Consents consents, Acts acts) {
        this.consents = consents;
        this.acts = acts;
    }

    @Override
    public void run(List<String> arguments, Terminal terminal) {
        Options options = Options.parse(arguments, "--reason");
        GrantId grant = Ends.grant(options);
        Reason reason = Ends.reason(options);
        acts.perform(
                "consents invalidate " + grant + " --reason " + reason.code(),
                () -> Ends.made(consents.invalidate(grant, reason)));
        terminal.say("Grant " + grant + " is invalidated. Nothing is released under it any more.");
    }
}
