package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.ledger.LedgerOrder;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.InvalidSignatureException;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.TiledTree;
import io.consentry.tlog.VerifierKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds all that was published against the order in the database, and what is served against our own keys. Changes nothing. */
@ApplicationScoped
public class PublishedCheck {

    private final LedgerOrder order;
    private final Publisher publisher;
    private final LogSigners signers;

    PublishedCheck(LedgerOrder order, Publisher publisher, LogSigners signers) {
        this.order = order;
        this.publisher = publisher;
        this.signers = signers;
    }

    /**
     * What was found of a log.
     *
     * @param published how many entries of it
     * @param problems one sentence for each thing that is wrong, with its place; empty when all is well
     */
    public record Report(LogNumber log, long published, List<String> problems) {}

    /** Of every log. */
    public List<Report> check() {
        return order.sizes().stream().map(log -> check(log.number())).toList();
    }

    private Report check(LogNumber log) {
        LogFiles files = publisher.files(log);
        // Before the head, which is swapped before it is signed: so this is never the larger of the two.
        Optional<String> served = files.read(Note.CHECKPOINT);
        Optional<Checkpoint> head = files.read(Note.HEAD).map(Checkpoint::parse);
        if (head.isEmpty()) {
            return new Report(log, 0, List.of());
        }
        var problems = new ArrayList<>(
                new TileAudit((start, end) -> order.entries(log, start, end), files, head.get()).problems());
        served.flatMap(note -> fault(note, head.get(), files, signers.verifiers(log)))
                .ifPresent(problems::add);
        return new Report(log, head.get().size(), problems);
    }

    /** What is wrong with a checkpoint that is served; the tiles are those that were checked. */
    static Optional<String> fault(String served, Checkpoint head, LogFiles files, List<VerifierKey> keys) {
        try {
            SignedNote note = SignedNote.parse(served);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            boolean isSigned =
                    keys.stream().noneMatch(key -> note.signaturesOf(key).isEmpty());
            boolean isOfThisLog = checkpoint.origin().equals(head.origin())
                    && checkpoint.size() <= head.size()
                    && checkpoint.root().equals(root(checkpoint.size(), files));
            if (!isSigned) {
                return Optional.of("the checkpoint lacks a signature of ours");
            }
            return isOfThisLog ? Optional.empty() : Optional.of("the checkpoint is of another tree than the tiles");
        } catch (IllegalArgumentException | InvalidSignatureException | InconsistentTreeException e) {
            return Optional.of("the checkpoint is not valid: " + e.getMessage());
        }
    }

    private static Hash root(long size, LogFiles files) {
        return size == 0 ? Hash.EMPTY_TREE : new TiledTree(size, files).root();
    }
}
