package io.consentry.bank;

/** A client's call failed; the message says what the service answered. */
public final class RelyingPartyException extends Exception {

    private static final long serialVersionUID = 1L;

    RelyingPartyException(String message) {
        super(message);
    }

    RelyingPartyException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
