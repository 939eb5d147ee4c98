package io.consentry.witness;

import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** All witnesses of a policy, asked side by side. */
final class CheckpointWitnesses {

    private static final Logger LOG = Logger.getLogger(CheckpointWitnesses.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final WitnessPolicy policy;
    private final List<Witness> witnesses;
    private final Witness.Patience patience;
    private final ExecutorService threads;
    private final MeterRegistry meters;
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();

    /**
     * The witnesses of a policy.
     *
     * @param threads one is taken for each witness, and waits
     */
    CheckpointWitnesses(
            WitnessPolicy policy, Witness.Patience patience, ExecutorService threads, MeterRegistry meters) {
        this.policy = policy;
        this.patience = patience;
        this.threads = threads;
        this.meters = meters;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        this.witnesses = policy.addresses().entrySet().stream()
                .map(address -> new Witness(
                        address.getKey(),
                        address.getValue().stream().map(policy.keys()::get).toList(),
                        http,
                        patience))
                .toList();
    }

    /**
     * The checkpoint with the cosignatures of enough witnesses, and of those others that were as quick; empty when too few gave
     * theirs. Returns within the deadline.
     *
     * @param tree of at least the checkpoint's size
     */
    Optional<SignedNote> witnessed(SignedNote signed, Subtrees tree) {
        var replies = new ExecutorCompletionService<Reply>(threads);
        List<Future<Reply>> running = new ArrayList<>();
        for (Witness witness : witnesses) {
            running.add(replies.submit(() -> told(witness, witness.ask(signed, tree))));
        }
        SignedNote note = signed;
        boolean isEnough = false;
        long deadline = System.nanoTime() + patience.deadline().plus(CONNECT).toNanos();
        try {
            for (int open = running.size(); open > 0; open--) {
                Future<Reply> next = replies.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                note = with(note, next.get());
                if (!isEnough && policy.seenAt(note).isPresent()) {
                    isEnough = true;
                    deadline = System.nanoTime() + patience.grace().toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking a witness ended in a fault of this program", e.getCause());
        } finally {
            running.forEach(each -> each.cancel(true));
        }
        return isEnough ? Optional.of(note) : Optional.empty();
    }

    private static SignedNote with(SignedNote note, Reply reply) {
        return switch (reply) {
            case Reply.Cosigned(var signatures) -> note.with(signatures);
            case Reply.Refused refused -> note;
        };
    }

    /** Counts, and says once what began and what is over. */
    private Reply told(Witness witness, Reply reply) {
        switch (reply) {
            case Reply.Cosigned cosigned -> {
                if (refusing.remove(witness.name())) {
                    LOG.infof("The witness at %s cosigns again", witness.name());
                }
            }
            case Reply.Refused(Reply.Reason reason) -> {
                meters.counter("consentry.witness.refused", "witness", witness.name(), "reason", reason.tag())
                        .increment();
                if (reason == Reply.Reason.INCONSISTENT) {
                    LOG.errorf(
                            "ALARM the witness at %s says that the ledger does not go on from what it has seen of"
                                    + " it",
                            witness.name());
                }
                if (reason.isIllness() && refusing.add(witness.name())) {
                    LOG.warnf("The witness at %s does not cosign: %s", witness.name(), reason.tag());
                }
            }
        }
        return reply;
    }
}
