package io.consentry.verify;

/** What was to be checked could not be read, so that nothing is known of it. The message is a sentence. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
