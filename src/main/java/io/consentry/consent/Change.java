package io.consentry.consent;

/** What became of a transition that somebody asked for. */
public sealed interface Change<C extends Consent> {

    /** It was made and recorded. */
    record Made<C extends Consent>(C consent) implements Change<C> {}

    /** It is as this act leaves it, by the same hand: made before, when perhaps nobody heard the answer. Nothing was changed now. */
    record Already<C extends Consent>(C consent) implements Change<C> {}

    /** The consent was in another state; nothing was changed. */
    record NotPossible<C extends Consent>(Consent now) implements Change<C> {}

    /** There is no such consent for whoever asks. */
    record NotFound<C extends Consent>() implements Change<C> {}
}
