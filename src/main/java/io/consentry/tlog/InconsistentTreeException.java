package io.consentry.tlog;

/** What was stored or served cannot belong to the tree that it is said to belong to. The message names the place. */
public final class InconsistentTreeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InconsistentTreeException(String message) {
        super(message);
    }
}
