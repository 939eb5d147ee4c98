package io.consentry.ledger;

/**
 * Whether the database is the one whose entries were published; implemented by whoever publishes. While it is not, nothing is written
 * or sent in its name in the background either: it is an older copy, or another one.
 */
@FunctionalInterface
public interface InStep {

    boolean isInStep();
}
