package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Policy;
import io.consentry.tlog.Policy.Verdict;
import io.consentry.tlog.Quorum;
import io.consentry.tlog.SignatureType;
import io.consentry.tlog.SignedNote;
import io.consentry.tlog.VerifierKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a checkpoint by a policy, one step stricter than C2SP tlog-policy: a log that is known by keys of several kinds must have
 * signed with one of each. Otherwise whoever breaks the weaker kind could leave the stronger signature out.
 */
final class Signatures {

    private Signatures() {}

    static Verdict judge(Policy policy, SignedNote note) {
        return switch (policy.judge(note)) {
            case Verdict.Accepted accepted ->
                missing(policy, note, accepted.checkpoint()).orElse(accepted);
            case Verdict.Unwitnessed unwitnessed ->
                missing(policy, note, unwitnessed.checkpoint()).orElse(unwitnessed);
            case Verdict.Refused refused -> refused;
        };
    }

    private static Optional<Verdict> missing(Policy policy, SignedNote note, Checkpoint checkpoint) {
        Set<VerifierKey> keys = policy.logs().stream()
                .map(Policy.Peer::key)
                .filter(key -> key.name().equals(checkpoint.origin()))
                .collect(Collectors.toUnmodifiableSet());
        Set<SignatureType> signed = keys.stream()
                .filter(key -> !note.signaturesOf(key).isEmpty())
                .map(VerifierKey::type)
                .collect(Collectors.toUnmodifiableSet());
        return keys.stream()
                .filter(key -> !signed.contains(key.type()))
                .findFirst()
                .map(key -> new Verdict.Refused("the checkpoint of " + checkpoint.origin()
                        + " lacks the signature of type " + key.type() + ", whose key is known"));
    }

    /** Whether the policy asks for witnesses at all. */
    static boolean asksForWitnesses(Policy policy) {
        return !(policy.quorum() instanceof Quorum.None);
    }
}
