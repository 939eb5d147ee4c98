package io.consentry.wording;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words inside values: {@code messages/value.properties}. */
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
}
