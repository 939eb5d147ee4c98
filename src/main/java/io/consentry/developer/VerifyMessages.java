package io.consentry.developer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page that checks a receipt: {@code messages/verify.properties}. */
@MessageBundle("verify")
public interface VerifyMessages {

    @Message
    String title();

    @Message
    String lead();

    @Message
    String noScript();

    @Message
    String choose();

    @Message
    String file();

    @Message
    String fileHint();

    @Message
    String believe();

    @Message
    String policy();

    @Message
    String policyHint();

    @Message
    String again();

    @Message
    String result();

    @Message
    String nothingYet();

    @Message
    String steps();

    @Message
    String meaning();

    @Message
    String meaningWhat();

    @Message
    String meaningNot();

    @Message
    String meaningTrust();
}
