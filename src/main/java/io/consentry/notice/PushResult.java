package io.consentry.notice;

/** What came of one push (RFC 8935 §2.2 to §2.4). */
sealed interface PushResult {

    /** 202: the receiver has it and answers for it from now on. */
    record Accepted() implements PushResult {}

    /** 400 with an error code: the receiver read it. */
    record Rejected(ReceiverError error) implements PushResult {}

    /** Some other answer: it arrived somewhere, and nobody answers for it. */
    record Unclear(int status) implements PushResult {}

    /** No answer in time, or none at all. */
    record Unanswered() implements PushResult {}

    /** There is nothing to be told any more: the person's key was erased. */
    record Erased() implements PushResult {}

    /** Whether the receiver speaks RFC 8935 to us. */
    default boolean isAnswer() {
        return switch (this) {
            case Accepted accepted -> true;
            case Rejected rejected -> true;
            case Erased erased -> true;
            case Unclear unclear -> false;
            case Unanswered unanswered -> false;
        };
    }
}
