package io.consentry.health;

import java.util.Optional;

/**
 * Whether something is wrong with this node, or with what it alone sees, so that another should be asked in its place: its
 * keys cannot be opened, the database it finds is older than what it has signed. Nothing that all nodes share belongs here,
 * or all of them would be taken out of service at once.
 */
public interface NodeCheck {

    /** What is checked, in a word or two of lower case: an entry of health. */
    String name();

    /** What is wrong, in one sentence; empty when nothing is. Asked every few seconds, so it must be cheap. */
    Optional<String> fault();
}
