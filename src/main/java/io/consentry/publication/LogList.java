package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.ledger.Ledger;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import io.consentry.witness.AskedWitnesses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All logs at one stroke. A log that nobody mentions could be kept from somebody: so one signed note lists them all, each as its newest
 * checkpoint has it; and one policy names the keys that verify them.
 */
@ApplicationScoped
class LogList {

    private final PublishedTrees trees;
    private final LogSigners signers;
    private final Ledger ledger;
    private final AskedWitnesses witnesses;

    LogList(PublishedTrees trees, LogSigners signers, Ledger ledger, AskedWitnesses witnesses) {
        this.trees = trees;
        this.signers = signers;
        this.ledger = ledger;
        this.witnesses = witnesses;
    }

    /** A signed note: the ledger's name, how many logs there are, and a line for each with its name, size and root. */
    SignedNote note() {
        List<Checkpoint> logs = newest();
        String text = ledger.origin(LogNumber.FIRST) + "/logs\n" + logs.size() + '\n'
                + logs.stream()
                        .map(log -> log.origin() + ' ' + log.size() + ' ' + log.root() + '\n')
                        .collect(Collectors.joining());
        return signers.signList(text);
    }

    /** A C2SP policy that accepts a checkpoint of any of the logs, if as many of those witnesses have seen it that are asked. */
    String policy(String base) {
        var lines = new StringBuilder();
        for (LogNumber log : trees.numbers()) {
            VerifierKey key = signers.verifiers(log).getFirst();
            lines.append("log ")
                    .append(key)
                    .append(' ')
                    .append(base)
                    .append(address(log))
                    .append('\n');
        }
        return lines.append(witnesses.policyLines()).toString();
    }

    /** Where a log is served, below the base URL. */
    private static String address(LogNumber log) {
        return log.equals(LogNumber.FIRST) ? "/ledger" : "/ledger/" + log;
    }

    private List<Checkpoint> newest() {
        return trees.numbers().stream()
                .flatMap(log -> trees.newest(log).stream())
                .map(note -> Checkpoint.parse(note.text()))
                .toList();
    }
}
