package io.consentry.developer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page about events: {@code messages/events.properties}. */
@MessageBundle("events")
public interface EventsMessages {

    @Message
    String title();

    @Message
    String lead();

    @Message
    String registerTitle();

    @Message
    String registerWhat();

    @Message
    String registerPush();

    @Message
    String kindsTitle();

    @Message
    String kindsLead();

    @Message
    String kind();

    @Message
    String when();

    @Message
    String granted();

    @Message
    String amended();

    @Message
    String paused();

    @Message
    String resumed();

    @Message
    String withdrawn();

    @Message
    String revoked();

    @Message
    String relinquished();

    @Message
    String invalidated();

    @Message
    String expired();

    @Message
    String exhausted();

    @Message
    String tokenTitle();

    @Message
    String tokenWhat();

    @Message
    String verifyTitle();

    @Message
    String verifyWhat();

    @Message
    String pushTitle();

    @Message
    String pushWhat();

    @Message
    String pushOrder();

    @Message
    String pollTitle();

    @Message
    String pollWhat();

    @Message
    String afterTitle();

    @Message
    String afterWhat();

    @Message
    String sandboxTitle();

    @Message
    String sandboxWhat();

    @Message
    String sandboxLook();

    @Message
    String askFor();

    @Message
    String youGet();
}
