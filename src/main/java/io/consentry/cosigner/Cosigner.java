package io.consentry.cosigner;

import io.consentry.tlog.AddCheckpoint;
import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.InvalidSignatureException;
import io.consentry.tlog.NoteSignature;
import io.consentry.tlog.Policy;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A witness: what it says of a checkpoint, in the order of the specification. */
final class Cosigner {

    private final CosignerKeys keys;
    private final Map<String, KnownLog> byHash = new HashMap<>();

    /**
     * Of the logs that a policy names. Reads back what was cosigned before.
     *
     * @throws IllegalStateException when some of it cannot be relied on
     */
    Cosigner(Path folder, String name, Policy policy, InstantSource clock) throws IOException {
        this.keys = CosignerKeys.open(folder, name);
        Map<String, List<VerifierKey>> logs =
                policy.logs().stream().map(Policy.Peer::key).collect(Collectors.groupingBy(VerifierKey::name));
        for (Map.Entry<String, List<VerifierKey>> log : logs.entrySet()) {
            String hash = hash(log.getKey());
            var known = new KnownLog(folder.resolve(hash), log.getValue(), keys, clock);
            var unused = known.last();
            byHash.put(hash, known);
        }
    }

    List<VerifierKey> verifiers() {
        return keys.verifiers();
    }

    Answer add(byte[] body) throws IOException {
        AddCheckpoint request;
        Checkpoint checkpoint;
        try {
            request = AddCheckpoint.parse(body);
            checkpoint = Checkpoint.parse(request.checkpoint().text());
        } catch (IllegalArgumentException e) {
            return new Answer.Malformed(String.valueOf(e.getMessage()));
        }
        KnownLog log = byHash.get(hash(checkpoint.origin()));
        if (log == null) {
            return new Answer.UnknownLog();
        }
        List<NoteSignature> ofLog;
        try {
            ofLog = log.signatures(request.checkpoint());
        } catch (InvalidSignatureException e) {
            return new Answer.Untrusted();
        }
        if (ofLog.isEmpty()) {
            return new Answer.Untrusted();
        }
        return request.oldSize() > checkpoint.size()
                ? new Answer.Malformed("the old size is beyond that of the checkpoint")
                : log.add(request, ofLog);
    }

    /** The last checkpoint of the log whose origin has this hash, for monitors. */
    Optional<SignedNote> last(String originHash) throws IOException {
        KnownLog log = byHash.get(originHash);
        return log == null ? Optional.empty() : log.last();
    }

    /** SHA-256 of an origin, in lower-case hexadecimal. */
    static String hash(String origin) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }
}
