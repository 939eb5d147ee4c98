package io.consentry.verify;

import io.consentry.tlog.Policy;
import io.consentry.tlog.VerifierKey;

/**
 * Whose signatures are believed, and why.
 *
 * @param policy the logs and the witnesses
 * @param origin where it comes from
 * @param text as it was given, to be remembered
 */
public record Trust(Policy policy, Origin origin, String text) {

    /** Where a policy comes from, in the words of a report. */
    public enum Origin {
        GIVEN("the policy that you gave"),
        KEY("the key that you gave"),
        REMEMBERED("the keys that this copy remembers from its first time"),
        FIRST_USE(
                "the keys that the log names itself (trust on first use: this shows that the log is of one piece, not whose it is)");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** By a policy file (C2SP tlog-policy); throws {@code IllegalArgumentException} when it is none. */
    public static Trust inPolicy(String file) {
        return new Trust(Policy.parse(file), Origin.GIVEN, file);
    }

    /** In one log, by its verifier key; throws {@code IllegalArgumentException} when it is none. */
    public static Trust inKey(String vkey) {
        return new Trust(Policy.of(VerifierKey.parse(vkey)), Origin.KEY, "log " + vkey + "\nquorum none\n");
    }

    static Trust in(Origin origin, String file) {
        return new Trust(Policy.parse(file), origin, file);
    }

    /** Whether somebody chose this policy, so that too few witnesses are a fault and not just something to know. */
    boolean isChosen() {
        return origin == Origin.GIVEN;
    }
}
