package io.consentry.cosigner;

/** What a witness says of a checkpoint (C2SP tlog-witness). */
sealed interface Answer {

    /** Seen and kept; these are the signature lines. */
    record Cosigned(String lines) implements Answer {}

    /** No request to add a checkpoint, or one from a size beyond its own. */
    record Malformed(String why) implements Answer {}

    /** Signed by no key that is believed for this log, or wrongly. */
    record Untrusted() implements Answer {}

    /** Of a log that this witness was not told of. */
    record UnknownLog() implements Answer {}

    /** The last one cosigned had another size, this one. */
    record OtherSize(long size) implements Answer {}

    /** It does not go on from the last one cosigned, or its proof does not show that. */
    record Inconsistent() implements Answer {}
}
