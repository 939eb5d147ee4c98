package io.consentry.tlog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which logs are believed, and how many of which witnesses must have seen a checkpoint (C2SP tlog-policy).
 *
 * @param logs their keys; a checkpoint needs a signature of one
 * @param witnesses by name
 * @param quorum what must have cosigned
 */
public record Policy(List<Peer> logs, Map<String, Peer> witnesses, Quorum quorum) {

    public Policy {
        logs = List.copyOf(logs);
        witnesses = Map.copyOf(witnesses);
    }

    /**
     * A log or a witness.
     *
     * @param url where it is, or empty when only its signatures matter
     */
    public record Peer(VerifierKey key, Optional<String> url) {}

    /** What a policy found of a checkpoint. */
    public sealed interface Verdict {

        /** Signed by a log of the policy, and seen by enough witnesses. */
        record Accepted(Checkpoint checkpoint, Set<String> witnesses) implements Verdict {}

        /** Signed by a log of the policy; too few witnesses have seen it. */
        record Unwitnessed(Checkpoint checkpoint, Set<String> witnesses) implements Verdict {}

        /** Of no log that is believed, or with a signature that is not valid. */
        record Refused(String why) implements Verdict {}
    }

    /** Believes one log, whoever has seen its checkpoints. */
    public static Policy of(VerifierKey log) {
        return new Policy(List.of(new Peer(log, Optional.empty())), Map.of(), new Quorum.None());
    }

    /** Reads a policy file; throws {@code IllegalArgumentException} with the line that is wrong. */
    public static Policy parse(String file) {
        return new PolicyReader().read(file);
    }

    /** Judges a checkpoint. */
    public Verdict judge(SignedNote note) {
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            // Every key is asked, since one signature that is not valid spoils the note.
            long signatures = logs.stream()
                    .map(Peer::key)
                    .filter(key -> key.name().equals(checkpoint.origin()))
                    .mapToLong(key -> note.signaturesOf(key).size())
                    .sum();
            if (signatures == 0) {
                return new Verdict.Refused(
                        "the checkpoint of " + checkpoint.origin() + " is signed by no log of the policy");
            }
            Set<String> seenBy = witnesses.entrySet().stream()
                    .filter(witness ->
                            !note.signaturesOf(witness.getValue().key()).isEmpty())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
            return quorum.isMetBy(seenBy)
                    ? new Verdict.Accepted(checkpoint, seenBy)
                    : new Verdict.Unwitnessed(checkpoint, seenBy);
        } catch (IllegalArgumentException | InvalidSignatureException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        }
    }
}
