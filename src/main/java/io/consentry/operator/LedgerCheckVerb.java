package io.consentry.operator;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.ledger.LedgerCheck;
import io.consentry.publication.PublishedCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ledger check}: recomputes everything of the ledger from everything. Changes nothing, and may run beside the nodes. */
@ApplicationScoped
class LedgerCheckVerb implements Verb<LedgerCheckVerb.Arguments> {

    private static final int SHOWN = 50;

    private final LedgerCheck ledger;
    private final PublishedCheck published;

    LedgerCheckVerb(LedgerCheck ledger, PublishedCheck published) {
        this.ledger = ledger;
        this.published = published;
    }

    /** Its place on the command line. */
    @Command(
            name = "check",
            description =
                    "Recompute the whole ledger: orders, events, lives of grants, tiles, roots. Takes long where there is much.")
    interface Arguments {}

    @Override
    public Class<Arguments> takes() {
        return Arguments.class;
    }

    @Override
    public void run(Arguments arguments, Terminal terminal) {
        var problems = new ArrayList<String>();
        terminal.say("Reading every entry and opening every event.");
        LedgerCheck.Report recorded = ledger.check();
        problems.addAll(recorded.problems());
        terminal.say(recorded.commitments() + " entries: " + found(recorded.problems()));
        terminal.say("Making every tile anew.");
        for (PublishedCheck.Report log : published.check()) {
            log.problems().forEach(problem -> problems.add("log " + log.log() + ": " + problem));
            terminal.say("Log " + log.log() + ", " + log.published() + " entries published: " + found(log.problems()));
        }
        if (!problems.isEmpty()) {
            problems.stream().limit(SHOWN).forEach(terminal::say);
            throw Fault.of(FaultCode.LEDGER_DAMAGED, problems.size() + " problems were found. Nothing was changed.")
                    .raise();
        }
        terminal.say("The ledger is whole, and what was published is what it says.");
    }

    private static String found(List<String> problems) {
        return problems.isEmpty() ? "nothing is wrong." : problems.size() + " problems.";
    }
}
