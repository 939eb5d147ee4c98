package io.consentry.wording;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words inside values, and of lengths of time: {@code messages/value.properties}. */
@MessageBundle("value")
public interface ValueMessages {

    @Message
    public String yes();

    @Message
    public String no();

    /** What a part of a value is called, by the member that holds it, for example {@code yearofassessment}. */
    @Message
    public String part(String member);

    /** A part by its name and what it holds. */
    @Message
    public String named(String part, String value);

    @Message
    public String seconds(long count);

    @Message
    public String minutes(long count);

    @Message
    public String hours(long count);

    @Message
    public String days(long count);

    @Message
    public String months(long count);

    @Message
    public String years(long count);
}
