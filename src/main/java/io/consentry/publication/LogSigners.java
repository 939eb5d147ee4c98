package io.consentry.publication;

import io.consentry.kernel.LogNumber;
import io.consentry.ledger.Ledger;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.NoteSigner;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs checkpoints under the name of their log: by Ed25519, which every tool knows, and by ML-DSA-44, which a quantum computer does not
 * break in the years that a receipt is kept.
 */
@ApplicationScoped
class LogSigners {

    private static final List<SignatureType> TYPES =
            List.of(SignatureType.ED25519, SignatureType.ML_DSA_44_COSIGNATURE);

    private final LogKeys keys;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<SignatureType, KeyPair> pairs = new EnumMap<>(SignatureType.class);
    private final Map<LogNumber, List<NoteSigner>> signers = new ConcurrentHashMap<>();

    LogSigners(LogKeys keys, Ledger ledger, InstantSource clock) {
        this.keys = keys;
        this.ledger = ledger;
        this.clock = clock;
    }

    SignedNote sign(LogNumber log, Checkpoint checkpoint) {
        return sign(checkpoint.text(), of(log));
    }

    /** The note that lists all logs, which is no checkpoint: by the key of the first, and by Ed25519 alone. */
    SignedNote signList(String text) {
        return sign(text, List.of(of(LogNumber.FIRST).getFirst()));
    }

    private SignedNote sign(String text, List<NoteSigner> by) {
        return new SignedNote(
                text,
                by.stream().map(signer -> signer.sign(text, clock.instant())).toList());
    }

    /** What verifies the checkpoints of a log, Ed25519 first. */
    List<VerifierKey> verifiers(LogNumber log) {
        return of(log).stream().map(NoteSigner::verifier).toList();
    }

    private List<NoteSigner> of(LogNumber log) {
        return signers.computeIfAbsent(
                log,
                number -> TYPES.stream()
                        .map(type -> NoteSigner.of(ledger.origin(number), type, pair(type)))
                        .toList());
    }

    private synchronized KeyPair pair(SignatureType type) {
        return pairs.computeIfAbsent(type, keys::pair);
    }
}
