package io.consentry.witness;

import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.ConsistencyProof;
import io.consentry.tlog.InvalidSignatureException;
import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.Subtrees;
import io.consentry.tlog.VerifierKey;
import io.consentry.witness.Reply.Reason;
import io.smallrye.faulttolerance.api.Guard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * One address at which a witness is asked, by C2SP tlog-witness. Whatever it answers costs nobody more than the deadline and a bounded
 * body, and counts only by the keys that the policy has for it. It is the operator who named the address, so a private one is fine.
 */
final class Witness {

    /** More than the lines of a dozen keys take. */
    private static final int MAX_ANSWER = 64 * 1024;

    /** Of a witness that tells another size each time. */
    private static final int ATTEMPTS = 3;

    private static final int FAILURES = 3;

    private final URI address;
    private final List<VerifierKey> keys;
    private final HttpClient http;
    private final Guard guard;
    private final Map<String, Long> knownSizes = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Witness(URI address, List<VerifierKey> keys, HttpClient http, Patience patience) {
        this.address = address;
        this.keys = List.copyOf(keys);
        this.http = http;
        this.guard = Guard.create()
                .withDescription("witness " + address.getAuthority())
                .withCircuitBreaker()
                .requestVolumeThreshold(FAILURES)
                .failureRatio(1)
                .delay(patience.rest().toMillis(), ChronoUnit.MILLIS)
                .when(thrown -> !(thrown instanceof RefusedException refused) || refused.reason.isIllness())
                .done()
                .withTimeout()
                .duration(patience.deadline().toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    /**
     * How long a witness may take.
     *
     * @param deadline for all that is asked of it about one checkpoint
     * @param rest for which it is left alone after several failures in a row
     * @param grace for the others, once enough have answered
     */
    record Patience(Duration deadline, Duration rest, Duration grace) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(250));
    }

    /** Asks for cosignatures of a checkpoint; the tree proves that it goes on from whatever the witness has seen. */
    Reply ask(SignedNote checkpoint, Subtrees tree) {
        if (!oneAtATime.tryLock()) {
            return new Reply.Refused(Reason.BUSY);
        }
        try {
            return guard.call(() -> cosignatures(checkpoint, tree), Reply.Cosigned.class);
        } catch (CircuitBreakerOpenException e) {
            return new Reply.Refused(Reason.RESTING);
        } catch (TimeoutException e) {
            return new Reply.Refused(Reason.TOO_SLOW);
        } catch (RefusedException e) {
            return new Reply.Refused(e.reason);
        } catch (InterruptedException e) {
            return new Reply.Refused(Reason.BUSY); // the others were enough
        } catch (Exception e) {
            return new Reply.Refused(Reason.UNREACHABLE);
        } finally {
            oneAtATime.unlock();
        }
    }

    String name() {
        return address.getAuthority();
    }

    private Reply.Cosigned cosignatures(SignedNote note, Subtrees tree) throws IOException, InterruptedException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long known = knownSizes.getOrDefault(checkpoint.origin(), 0L);
            if (known > checkpoint.size()) {
                throw new RefusedException(Reason.AHEAD);
            }
            HttpResponse<byte[]> answer = send(request(note, known, checkpoint.size(), tree));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            switch (answer.statusCode()) {
                case 200 -> {
                    List<NoteSignature> valid = valid(note, body);
                    knownSizes.put(checkpoint.origin(), checkpoint.size());
                    return new Reply.Cosigned(valid);
                }
                case 409 -> knownSizes.put(checkpoint.origin(), size(body));
                case 403, 404 -> throw new RefusedException(Reason.UNKNOWN_LOG);
                case 422 -> {
                    knownSizes.remove(checkpoint.origin()); // ours may be wrong
                    throw new RefusedException(Reason.INCONSISTENT);
                }
                default -> throw new RefusedException(Reason.MALFORMED);
            }
        }
        throw new RefusedException(Reason.MALFORMED);
    }

    private static AddCheckpoint request(SignedNote note, long known, long size, Subtrees tree) {
        // A tree remembers tiles and is not made for several threads, and every witness is proved to from the same one.
        synchronized (tree) {
            return new AddCheckpoint(
                    known, ConsistencyProof.of(known, size, tree).path(), note);
        }
    }

    private HttpResponse<byte[]> send(AddCheckpoint request) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofString(request.format()))
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    }

    private static long size(String body) {
        try {
            return AddCheckpoint.parseSize(body);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.MALFORMED);
        }
    }

    /** Those of the policy's keys; others are ignored, and one that is wrong makes all of them worthless. */
    private List<NoteSignature> valid(SignedNote note, String lines) {
        try {
            var cosigned = new SignedNote(note.text(), SignedNote.lines(lines));
            List<NoteSignature> valid = keys.stream()
                    .flatMap(key -> cosigned.signaturesOf(key).stream())
                    .toList();
            if (valid.isEmpty()) {
                throw new RefusedException(Reason.UNKNOWN_KEY);
            }
            return valid;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.MALFORMED);
        } catch (InvalidSignatureException e) {
            throw new RefusedException(Reason.INVALID_SIGNATURE);
        }
    }

    /** Ends an attempt within the guard, which counts it. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Reason reason;

        RefusedException(Reason reason) {
            super(reason.tag(), null, false, false);
            this.reason = reason;
        }
    }
}
