package io.consentry.release;

import io.consentry.consent.Uses.Use;
import io.consentry.kernel.Fault;
import java.time.Duration;
import java.util.function.Supplier;

/** What came of the one transaction that records a release together with what it is part of. */
public sealed interface Committed<R> {

    /** It is recorded: the answer may leave. */
    record Done<R>(R answer) implements Committed<R> {}

    /** The consent is another than the answer was made for, or none in force: nothing was done. */
    record Changed<R>() implements Committed<R> {}

    /** The grant's limit for this period is reached: nothing was done. */
    record TooOften<R>(Duration retryAfter) implements Committed<R> {}

    /** What it was to be part of was refused. */
    record Refused<R>(Fault why) implements Committed<R> {}

    /** After a consent was used, or was not; what is done beside it is done in the same transaction, or not at all. */
    static <R> Committed<R> of(Use use, Supplier<R> answer) {
        return switch (use) {
            case Use.Permitted counted -> new Done<>(answer.get());
            case Use.Changed other -> new Changed<>();
            case Use.NotInForce ended -> new Changed<>();
            case Use.TooOften(Duration wait) -> new TooOften<>(wait);
        };
    }
}
