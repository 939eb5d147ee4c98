package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a check of a whole log found.
 *
 * @param log where it was read
 * @param trust whose signatures were believed
 * @param checkpoint what the log signs; nothing when that could not be read, or is signed by nobody who is believed
 * @param witnesses who of the policy cosigned it
 * @param earlier how many entries an earlier run had verified, which were not read again
 * @param problems what is not as it should be; the log verifies when there is nothing
 * @param remarks what is worth knowing and no fault
 */
public record LogReport(
        String log,
        Trust trust,
        Optional<Checkpoint> checkpoint,
        Set<String> witnesses,
        long earlier,
        List<Problem> problems,
        List<String> remarks) {

    public LogReport {
        witnesses = Set.copyOf(witnesses);
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    public boolean isVerified() {
        return problems.isEmpty();
    }
}
