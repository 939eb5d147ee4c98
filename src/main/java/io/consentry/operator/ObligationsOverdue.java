package io.consentry.operator;

import io.consentry.obligation.Obligation;
import io.consentry.obligation.Obligations;
import io.consentry.obligation.Owed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code obligations overdue}: which clients should have attested by now that they have deleted, the oldest first. */
@ApplicationScoped
class ObligationsOverdue implements Verb<ObligationsOverdue.Arguments> {

    private static final int MOST = 1000;

    private final Obligations obligations;
    private final InstantSource clock;

    ObligationsOverdue(Obligations obligations, InstantSource clock) {
        this.obligations = obligations;
        this.clock = clock;
    }

    /** Its place on the command line. */
    @Command(name = "overdue", description = "Who should have attested by now that they have deleted.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        List<Obligation> overdue = obligations.overdue(MOST);
        if (overdue.isEmpty()) {
            terminal.say("Nothing is overdue.");
            return;
        }
        terminal.table(Stream.concat(
                        Stream.of(List.of("CLIENT", "GRANT", "ENDED", "HOW", "DUE", "DAYS LATE")),
                        overdue.stream().map(Obligation::owed).map(this::row))
                .toList());
        long all = obligations.countOverdue();
        if (all > overdue.size()) {
            terminal.say("These are the oldest " + overdue.size() + " of " + all + ".");
        }
    }

    private List<String> row(Owed owed) {
        return List.of(
                owed.clientId().value(),
                owed.grantId().toString(),
                owed.endedAt().toString(),
                owed.ending().status().wire(),
                owed.dueAt().toString(),
                Long.toString(Duration.between(owed.dueAt(), clock.instant()).toDays()));
    }
}
