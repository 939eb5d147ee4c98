package io.consentry.resident;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page of everything that happened to a resident: {@code messages/activity.properties}. */
@MessageBundle("activity")
public interface ActivityMessages {

    @Message
    String title();

    @Message
    String lead();

    @Message
    String filterKind();

    @Message
    String filterClient();

    @Message
    String kind(String kind);

    @Message
    String everybody();

    @Message
    String filter();

    @Message
    String none();

    @Message
    String counted(long count);

    @Message
    String verify();

    @Message
    String anothersAnswer();

    @Message
    String overtaken();

    @Message
    String older();

    @Message
    String newest();

    @Message
    String ledgerIndex(long index);

    @Message
    String ledgerIndexOfLog(long index, int log);

    @Message
    String ledgerWaiting();

    /** Which of the person's events it is. */
    @Message
    String eventNumber(long number);

    @Message
    String receipt();

    @Message
    String receiptOf(String at);
}
