package io.consentry.operator;

/**
 * One thing that an operator can do. It says what came of it in plain sentences, raises a {@code Fault} when it is refused,
 * and leaves a record through {@link OperatorActs} when it changes anything.
 *
 * @param <A> its arguments: an interface that describes them, and itself, to picocli
 */
interface Verb<A> {

    Class<A> takes();

    void run(A arguments, Terminal terminal);
}
