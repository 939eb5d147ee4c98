package io.consentry.resident;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words inside values, and of lengths of time: {@code messages/value.properties}. */
@MessageBundle("value")
public interface ValueMessages {

    @Message
    String yes();

    @Message
    String no();

    /** What a part of a value is called, by the member that holds it, for example {@code yearofassessment}. */
    @Message
    String part(String member);

    /** A part by its name and what it holds. */
    @Message
    String named(String part, String value);

    @Message
    String seconds(long count);

    @Message
    String minutes(long count);

    @Message
    String hours(long count);

    @Message
    String days(long count);

    @Message
    String months(long count);

    @Message
    String years(long count);
}
