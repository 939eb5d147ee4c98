package io.consentry.verify;

import io.consentry.tlog.Checkpoint;
import io.consentry.tlog.Hash;
import io.consentry.tlog.Policy;
import io.consentry.tlog.Policy.Verdict;
import io.consentry.tlog.TlogProof;
import io.consentry.verify.Promise.Signed;
import io.consentry.verify.ReceiptVerdict.Included;
import io.consentry.verify.ReceiptVerdict.Promised;
import io.consentry.verify.ReceiptVerdict.Refused;
import io.consentry.verify.ReceiptVerdict.Witnessed;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a receipt, or a proof and its entry, with nothing but a policy: no network, no service.
 *
 * <p>What it shows: the event in the file is the one that the log has at that place, unaltered. What it does not: that what the
 * event says is true; and what the receipt adds to the event, its {@code record} and its {@code count}, nobody vouches for here.
 */
public final class ReceiptCheck {

    private static final byte VERSION = 1;
    private static final String RECEIPT = "The receipt";
    private static final String EVENT = "The event";
    private static final String PROMISE = "The promise";
    private static final String PROOF = "The proof";
    private static final String CHECKPOINT = "The checkpoint";

    private static final String UNCOVERED =
            "What the receipt adds to the event (record, count, the number of the log) is covered by no signature, and"
                    + " whether what the event says is true no log can tell.";

    private final Policy policy;
    private final List<Step> steps = new ArrayList<>();

    private ReceiptCheck(Policy policy) {
        this.policy = policy;
    }

    /**
     * Checks a receipt's file.
     *
     * @param keys the service's key set (RFC 7517), by which its promise is checked; nothing to leave that out
     */
    public static ReceiptReport receipt(byte[] file, Policy policy, Optional<String> keys) {
        var check = new ReceiptCheck(policy);
        ReceiptVerdict verdict;
        try {
            verdict = check.receipt(Receipt.parse(file), keys);
        } catch (IllegalArgumentException e) {
            verdict = check.refuse(RECEIPT, String.valueOf(e.getMessage()));
        }
        return new ReceiptReport(verdict, check.steps);
    }

    /** Checks a {@code .tlog-proof} file and the entry that it is about. */
    public static ReceiptReport proof(String proof, byte[] entry, Policy policy) {
        var check = new ReceiptCheck(policy);
        return new ReceiptReport(check.proof(proof, Hash.ofLeaf(entry), Optional.empty()), check.steps);
    }

    private ReceiptVerdict receipt(Receipt receipt, Optional<String> keys) {
        steps.add(Step.holds(RECEIPT, "It is a receipt, and says of itself that it is " + receipt.state() + "."));
        Hash leaf = Hash.ofLeaf(commitment(receipt));
        if (!leaf.equals(receipt.leafHash())) {
            return refuse(
                    EVENT,
                    "Its event and opening come to the leaf hash " + leaf + ", but the receipt has "
                            + receipt.leafHash() + ". One of the three was altered.");
        }
        steps.add(Step.holds(EVENT, "Its event and opening come to the leaf hash " + leaf + "."));
        Optional<Signed> promise = Optional.empty();
        if (receipt.promise().isPresent()) {
            try {
                promise = promise(receipt, keys);
            } catch (IllegalArgumentException e) {
                return refuse(PROMISE, String.valueOf(e.getMessage()));
            }
        }
        steps.add(Step.notChecked("The rest", UNCOVERED));
        if (receipt.proof().isPresent()) {
            return proof(receipt.proof().get(), leaf, Optional.of(receipt.origin()));
        }
        if (!receipt.state().equals("promised")) {
            return refuse(PROOF, "The receipt says that it is " + receipt.state() + ", but has no proof.");
        }
        return promise.<ReceiptVerdict>map(signed -> new Promised(receipt.origin(), signed.by()))
                .orElseGet(() -> refuse(
                        PROOF,
                        "There is no proof yet, and no promise whose signature could be checked: nothing shows that the service"
                                + " knows of it. Give its keys to check the promise."));
    }

    /** What the log has of an event: {@code 0x01 ‖ HMAC-SHA-256(opening, canonical event)}. */
    private static byte[] commitment(Receipt receipt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(receipt.opening(), "HmacSHA256"));
            byte[] entry = new byte[1 + mac.getMacLength()];
            entry[0] = VERSION;
            mac.update(receipt.canonicalEvent());
            mac.doFinal(entry, 1);
            return entry;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of the JDK", e);
        }
    }

    private Optional<Signed> promise(Receipt receipt, Optional<String> keys) {
        Promise promise = Promise.parse(receipt.promise().orElseThrow());
        promise.mustBeOf(receipt.origin(), receipt.leafHash());
        if (keys.isEmpty()) {
            steps.add(Step.notChecked(
                    PROMISE,
                    "It is about this entry; its signature was not checked, since no keys of the service were given."));
            return Optional.empty();
        }
        Signed signed = promise.verified(keys.get());
        steps.add(Step.holds(
                PROMISE, "The service has signed that the entry would be in its log by " + signed.by() + "."));
        return Optional.of(signed);
    }

    private ReceiptVerdict proof(String text, Hash leaf, Optional<String> origin) {
        TlogProof proof;
        Checkpoint claimed;
        try {
            proof = TlogProof.parse(text);
            claimed = proof.claimed();
        } catch (IllegalArgumentException e) {
            return refuse(PROOF, "It cannot be read: " + e.getMessage() + ".");
        }
        if (origin.isPresent() && !origin.get().equals(claimed.origin())) {
            return refuse(PROOF, "It is of the log " + claimed.origin() + ", but the receipt of " + origin.get() + ".");
        }
        if (!proof.includes(leaf)) {
            return refuse(
                    PROOF,
                    "It does not lead from this entry, as number " + proof.index() + " of " + claimed.size()
                            + ", to the root of the checkpoint.");
        }
        steps.add(Step.holds(
                PROOF,
                "It leads from this entry, as number " + proof.index() + " (from 0) of " + claimed.size()
                        + ", to the root of the checkpoint."));
        return switch (Signatures.judge(policy, proof.checkpoint())) {
            case Verdict.Accepted(var checkpoint, var witnesses)
            when Signatures.asksForWitnesses(policy) -> {
                steps.add(Step.holds(
                        CHECKPOINT,
                        "It is signed by the log " + checkpoint.origin() + " and by enough witnesses: "
                                + String.join(", ", witnesses.stream().sorted().toList()) + "."));
                yield new Witnessed(checkpoint, proof.index(), witnesses);
            }
            case Verdict.Accepted accepted -> {
                steps.add(Step.holds(
                        CHECKPOINT,
                        "It is signed by the log " + accepted.checkpoint().origin() + "."));
                steps.add(Step.notChecked("Witnesses", "The policy names none that it asks for."));
                yield new Included(accepted.checkpoint(), proof.index());
            }
            case Verdict.Unwitnessed(var checkpoint, var witnesses) -> {
                steps.add(Step.holds(CHECKPOINT, "It is signed by the log " + checkpoint.origin() + "."));
                steps.add(Step.notChecked(
                        "Witnesses",
                        "Not enough of the policy have seen this checkpoint (" + witnesses.size()
                                + "); a later proof may have more."));
                yield new Included(checkpoint, proof.index());
            }
            case Verdict.Refused(var why) -> refuse(CHECKPOINT, "It is not to be believed: " + why + ".");
        };
    }

    private Refused refuse(String what, String why) {
        steps.add(Step.fails(what, why));
        return new Refused(what + ": " + why);
    }
}
