package io.consentry.developer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the front door: {@code messages/front.properties}. */
@MessageBundle("front")
public interface FrontMessages {

    @Message
    String headline();

    @Message
    String what(String operator);

    @Message
    String picture();

    @Message
    String banks();

    @Message
    String banksWhat();

    @Message
    String banksTry();

    @Message
    String banksBuild();

    @Message
    String residents();

    @Message
    String residentsWhat();

    @Message
    String residentsTry();

    @Message
    String developers();

    @Message
    String developersWhat();

    @Message
    String developersTry();

    @Message
    String how();

    @Message
    String stepAsk();

    @Message
    String stepSee();

    @Message
    String stepFetch();

    @Message
    String stepRecord();

    @Message
    String people();

    @Message
    String peopleWhat();

    @Message
    String be();

    @Message
    String clients();

    @Message
    String clientsWhat();

    @Message
    String client();

    @Message
    String clientName();

    @Message
    String purpose();

    @Message
    String attributes();

    @Message
    String links();

    @Message
    String api();

    @Message
    String openapi();

    @Message
    String errors();

    @Message
    String verify();

    @Message
    String discovery();

    @Message
    String keys();

    @Message
    String readyClients();

    @Message
    String personas();
}
