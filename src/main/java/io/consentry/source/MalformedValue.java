package io.consentry.source;

/**
 * A value is not in the agreed form: what costs the attributes that need it, and no others. Carries no message and no
 * cause, since parsers quote what they read, and no stack trace, since it is no bug of ours.
 */
final class MalformedValue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedValue() {
        super("malformed", null, false, false);
    }
}
