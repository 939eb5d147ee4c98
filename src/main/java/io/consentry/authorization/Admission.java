package io.consentry.authorization;

import java.net.URI;

/** What a page does with somebody who comes to decide on a request. */
public sealed interface Admission {

    /** They may see the request and decide. */
    record Open(Interaction interaction) implements Admission {}

    /** They sign in first, even if somebody is signed in already. */
    record SignInFirst() implements Admission {}

    /** The request ended without a decision: the browser goes back to the client with an error. */
    record Returned(URI to) implements Admission {}

    /** There is nothing to decide here any more. */
    record Closed() implements Admission {}
}
