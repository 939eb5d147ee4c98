package io.consentry.tlog;

/** A note has a signature that names a known key, and that key did not make it. */
public final class InvalidSignatureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSignatureException(String name) {
        super("the signature of " + name + " is not valid");
    }
}
