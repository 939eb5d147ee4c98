package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import java.util.Set;

/**
 * What became of a transition that somebody asked for.
 *
 * @param <F> what has the states: {@link Consent} or {@link Amendment}
 * @param <T> what the transition leads to: the state, or what it lays open under the lock
 */
public sealed interface Transition<F, T> {

    /** It was made and recorded. */
    record Made<F, T>(T state) implements Transition<F, T> {}

    /** It is as this act leaves it, by the same hand: made before, when perhaps nobody heard the answer. Nothing was changed now. */
    record Already<F, T>(T state) implements Transition<F, T> {}

    /** It was in another state, or came to its end just now by time or by what happened meanwhile; nothing else was changed. */
    record NotPossible<F, T>(F now) implements Transition<F, T> {}

    /** What was named is not what may be declined or taken back; nothing was changed. */
    record NotPart<F, T>(Set<AttributeName> named) implements Transition<F, T> {}

    /** There is no such thing for whoever asks. */
    record NotFound<F, T>() implements Transition<F, T> {}
}
