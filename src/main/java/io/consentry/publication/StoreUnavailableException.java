package io.consentry.publication;

/** The store of tiles and checkpoints cannot be read or written. */
final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
