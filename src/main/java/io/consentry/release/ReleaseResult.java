package io.consentry.release;

import io.consentry.kernel.Fault;

/** What came of asking for a release. A refusal for the consent's sake is on record. */
public sealed interface ReleaseResult<R> {

    /** It is committed, and begins to leave now. */
    record Released<R>(R answer) implements ReleaseResult<R> {}

    /** Not now, or not so. */
    record Refused<R>(Fault why) implements ReleaseResult<R> {}

    /** Never again under this grant. */
    record Over<R>(Fault why) implements ReleaseResult<R> {}
}
