package io.consentry.operator;

import io.consentry.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code clock accept}: ends a doubt about the database's clock by saying that it is right as it is. */
@ApplicationScoped
class ClockAccept implements Verb<ClockAccept.Arguments> {

    private final DatabaseClock clock;
    private final OperatorActs acts;

    ClockAccept(DatabaseClock clock, OperatorActs acts) {
        this.clock = clock;
        this.acts = acts;
    }

    /** Its place on the command line. */
    @Command(name = "accept", description = "The database's clock jumped and is right as it is now.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        Instant accepted = acts.perform("clock accept", clock::accept);
        terminal.say(
                "The database's clock is right as it is, at " + accepted + ". Every node goes by it within seconds.");
    }
}
