package io.consentry.operator;

import io.consentry.consent.Consents;
import io.consentry.consent.Reason;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code consents invalidate GRANT --reason R}: ends a grant on the word of an authority. */
@ApplicationScoped
class ConsentsInvalidate implements Verb<ConsentsInvalidate.Arguments> {

    private final Consents consents;
    private final OperatorActs acts;

    ConsentsInvalidate(Consents consents, OperatorActs acts) {
        this.consents = consents;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "invalidate", description = "End a grant on the word of an authority.")
    interface Arguments {

        @Parameters(paramLabel = "GRANT", description = "The grant_id.")
        GrantId grant();

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description = "Why: ${COMPLETION-CANDIDATES}.",
                completionCandidates = ReasonCodes.class)
        Reason reason();
    }

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        GrantId grant = arguments.grant();
        Reason reason = arguments.reason();
        acts.perform(
                "consents invalidate " + grant + " --reason " + reason.code(),
                () -> GrantEndings.made(consents.invalidate(grant, reason)));
        terminal.say("Grant " + grant + " is invalidated. Nothing is released under it any more.");
    }
}
