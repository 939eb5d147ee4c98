package io.consentry.http;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words around every page: {@code messages/site.properties}. */
@MessageBundle("site")
public interface SiteMessages {

    /** The BCP 47 tag of the language that these words are in. */
    @Message
    String language();

    @Message
    String title(String page, String operator);

    @Message
    String skip();

    @Message
    String home(String operator);

    @Message
    String mainNavigation();

    @Message
    String yourConsents();

    @Message
    String yourActivity();

    @Message
    String developers();

    @Message
    String signOut();

    @Message
    String sandbox();

    @Message
    String sandboxStrip();

    @Message
    String footerPromise();

    @Message
    String footerNavigation();

    @Message
    String errorExpected();

    @Message
    String errorReceived();

    @Message
    String errorWhatToDo();

    @Message
    String errorCode();

    @Message
    String errorTrace();

    @Message
    String backHome();
}
