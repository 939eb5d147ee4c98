package io.consentry.resident;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words for what a client owes after the end: {@code messages/duty.properties}. */
@MessageBundle("duty")
public interface DutyMessages {

    @Message
    String title();

    @Message
    String until(String due);

    /** How an obligation stands, in a word. */
    @Message
    String state(String state);

    @Message
    String attested(String at);

    /** That they keep something, and why. */
    @Message
    String kept(String kept);

    @Message
    String overdue(String client);
}
