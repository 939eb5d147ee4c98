package io.consentry.resident;

import io.consentry.obligation.ObligationState;
import io.consentry.obligation.RetentionGround;
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
    String state(ObligationState state);

    /** Of one that is met: the client says that not all is gone. */
    @Message
    String partly();

    @Message
    String attested(String at);

    /** That they keep something, and why. */
    @Message
    String kept(RetentionGround kept);

    @Message
    String overdue(String client);
}
