package io.consentry.person;

/**
 * A way to prove who one is. The page at {@link #path} takes a {@code return_to} parameter, a path of our own, opens a
 * session when it is satisfied, and goes there.
 */
public interface SignInMethod {

    /** What the session and the ID token call it, an {@code amr} value (RFC 8176). */
    String method();

    /** The highest level of assurance that a person can reach here; the session remembers what they did reach. */
    Assurance reaches();

    /** The page's path on this service. */
    String path();
}
