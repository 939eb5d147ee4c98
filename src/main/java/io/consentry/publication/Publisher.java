package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerOrder;
import io.consentry.publication.LogFiles.Note;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.InconsistentTreeException;
import io.consentry.tlog.SignedNote;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings what is published of a log up to its order. Any number of nodes may do so at once, and any of them may die at any line: each
 * step is either a put of what never changes, or a swap that only one of them wins.
 */
@ApplicationScoped
class Publisher {

    /** How many entries become tiles at a time: what is held in memory, and lost by a crash. */
    private static final int MOST_AT_ONCE = 1 << 16;

    private final LedgerOrder order;
    private final LogStore store;
    private final LogSigners signers;
    private final PublishedSizes published;
    private final Ledger ledger;

    /** Of each log, how many entries the store knew of when this node looked: it never knows of fewer later. */
    private final Map<LogNumber, Long> seen = new ConcurrentHashMap<>();

    Publisher(LedgerOrder order, LogStore store, LogSigners signers, PublishedSizes published, Ledger ledger) {
        this.order = order;
        this.store = store;
        this.signers = signers;
        this.published = published;
        this.ledger = ledger;
    }

    /** The head of a log as the store has it, if neither the store nor the database went back. */
    private Checkpoint head(LedgerOrder.Size log) {
        Checkpoint head =
                readHead(log.number()).orElseGet(() -> Checkpoint.of(ledger.origin(log.number()), 0, Hash.EMPTY_TREE));
        requireNoFewer(head, seen.merge(log.number(), head.size(), Math::max));
        // What another node has published since the size was read is there when it is read again.
        long entries = log.entries() < head.size() ? order.size(log.number()) : log.entries();
        if (entries < head.size()) {
            throw new InconsistentTreeException("the database has " + entries + " entries, and " + head.size()
                    + " were published: it went back in time, or is another one");
        }
        return head;
    }

    /** An empty store, too, is one that went back: a folder that is not mounted, for one. */
    private static void requireNoFewer(Checkpoint head, long known) {
        if (head.size() < known) {
            throw new InconsistentTreeException("the store knows of " + head.size() + " entries, and " + known
                    + " were published: the store was lost, went back in time, or is another one");
        }
    }

    private Optional<Checkpoint> readHead(LogNumber log) {
        return files(log).read(Note.HEAD).map(text -> {
            Checkpoint head = parse(text, "head");
            String origin = ledger.origin(log);
            if (!head.origin().equals(origin)) {
                throw new InconsistentTreeException("the store's log is called " + head.origin() + ", this one "
                        + origin + ": CONSENTRY_LEDGER_ORIGIN or CONSENTRY_LEDGER_STORE is another's");
            }
            return head;
        });
    }

    /**
     * Holds database and store against each other: the last entries that were published, and how many of them each knows of.
     *
     * @throws InconsistentTreeException when one of them went back in time, or is another's
     */
    void verify(LedgerOrder.Size log) {
        long known = published.size(log.number());
        Checkpoint head = head(log);
        requireNoFewer(head, known);
        if (head.size() > 0) {
            integrator(log.number()).verify(head);
        }
    }

    /**
     * Publishes what the order has grown by, a part of it at a time.
     *
     * @return how many entries are published now
     * @throws InconsistentTreeException when the database does not have what was published before
     */
    long publish(LedgerOrder.Size log) {
        Checkpoint head = head(log);
        Checkpoint reached = log.entries() > head.size() ? grow(log, head) : head;
        sign(log.number(), reached);
        return reached.size();
    }

    private Checkpoint grow(LedgerOrder.Size log, Checkpoint head) {
        LogFiles files = files(log.number());
        Integrator integrator = integrator(log.number());
        long size = Math.min(log.entries(), head.size() + MOST_AT_ONCE);
        // A crash before the swap leaves tiles that nobody refers to yet, and that are written again.
        var grown = Checkpoint.of(head.origin(), size, integrator.grow(head, size));
        Optional<String> before = head.size() == 0 ? files.read(Note.HEAD) : Optional.of(head.text());
        // The commit point: from here on no node ever signs a tree that does not go on from this one, since each finds
        // it here before it signs. A crash after it leaves a head without a signature, which the next round makes.
        if (!files.swap(Note.HEAD, before, grown.text())) {
            return readHead(log.number()).orElse(head);
        }
        published.note(log.number(), size);
        integrator.removePartials(head.size(), size);
        return grown;
    }

    /** Puts the signed head where strangers find it, unless a larger one is there. */
    private void sign(LogNumber log, Checkpoint head) {
        LogFiles files = files(log);
        Optional<String> served = files.read(Note.CHECKPOINT);
        boolean isBehind = served.map(note ->
                        parse(SignedNote.parse(note).text(), "checkpoint").size() < head.size())
                .orElse(true);
        if (isBehind) {
            // Whoever loses this swap lost it to a node that signed the same head or a later one.
            files.swap(Note.CHECKPOINT, served, signers.sign(log, head).format());
        }
    }

    private static Checkpoint parse(String text, String what) {
        try {
            return Checkpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InconsistentTreeException("the store's " + what + " cannot be read: " + e.getMessage());
        }
    }

    private Integrator integrator(LogNumber log) {
        return new Integrator((start, end) -> order.entries(log, start, end), files(log));
    }

    LogFiles files(LogNumber log) {
        return new LogFiles(store, log);
    }
}
