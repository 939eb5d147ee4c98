package io.consentry.wording;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words for how often and how far back a client may fetch: {@code messages/promise.properties}. */
@MessageBundle("promise")
public interface PromiseMessages {

    /** So many times in all. */
    @Message
    String oftenInAll(long releases);

    /** So many times in each period. */
    @Message
    String oftenPer(long releases, String period);

    @Message
    String oftenFree();

    @Message
    String farBack(String period);

    @Message
    String farAll();
}
