package io.consentry.database;

/** Why the program cannot start: one sentence for the person at the terminal, who can act on it. No stack trace is due. */
public final class StartRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The sentence says what is wrong and what to do about it. */
    public StartRefusal(String sentence) {
        super(sentence);
    }

    public StartRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
