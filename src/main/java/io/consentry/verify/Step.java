package io.consentry.verify;

/**
 * One thing that was looked at.
 *
 * @param what it is, in a few words
 * @param said a sentence: what was found, or why it was not looked at
 */
public record Step(String what, State state, String said) {

    /** How it came out. */
    public enum State {
        HOLDS,
        FAILS,
        NOT_CHECKED
    }

    static Step holds(String what, String said) {
        return new Step(what, State.HOLDS, said);
    }

    static Step fails(String what, String said) {
        return new Step(what, State.FAILS, said);
    }

    static Step notChecked(String what, String why) {
        return new Step(what, State.NOT_CHECKED, why);
    }
}
