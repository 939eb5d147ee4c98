package io.consentry.sandbox;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the sandbox's own pages: {@code messages/sandbox.properties}. */
@MessageBundle("sandbox")
interface SandboxMessages {

    @Message
    String signInTitle();

    @Message
    String signInLead();

    @Message
    String signInPassword();

    @Message
    String face();

    @Message
    String faceWanted(String client);

    @Message
    String find();

    @Message
    String findHint();

    @Message
    String findAction();

    @Message
    String findAll();

    @Message
    String found(int count);

    @Message
    String foundNone();

    @Message
    String chooseAction();

    @Message
    String tag(PersonaTag personaTag);

    @Message
    String receiverTitle();

    @Message
    String receiverDocs();

    @Message
    String receiverNothing();

    @Message
    String receiverAt();

    @Message
    String receiverAnswered();
}
