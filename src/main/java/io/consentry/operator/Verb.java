package io.consentry.operator;

import java.util.List;

/**
 * One thing that an operator can do. It says what came of it in plain sentences, raises a {@code Fault} when it is refused,
 * and leaves a record through {@link Acts} when it changes anything.
 */
interface Verb {

    /** Does it. The arguments are as many as its {@link Command} names, and not otherwise checked. */
    void run(List<String> arguments, Terminal terminal);
}
