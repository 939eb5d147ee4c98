package io.consentry.developer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words around the API reference and the error pages: {@code messages/docs.properties}. */
@MessageBundle("docs")
public interface DocsMessages {

    @Message
    String title();

    @Message
    String lead();

    @Message
    String document();

    @Message
    String contents();

    @Message
    String allErrors();

    @Message
    String events();

    @Message
    String parameters();

    @Message
    String body();

    @Message
    String answers();

    @Message
    String required();

    @Message
    String authentication();

    @Message
    String errorsTitle();

    @Message
    String errorsLead();

    @Message
    String errorCode();

    @Message
    String errorStatus();

    @Message
    String errorOauth();

    @Message
    String errorTitle();

    @Message
    String meaning();

    @Message
    String remedy();

    @Message
    String onTheWire();

    @Message
    String onTheWireWhat();

    @Message
    String leniencies();

    @Message
    String lenienciesLead();

    @Message
    String leniencyAllows();

    @Message
    String leniencyClause();

    @Message
    String leniencyLeave();

    @Message
    String leniencyNone();

    @Message
    String leniencyNoneLead();

    @Message
    String leniencyExp();

    @Message
    String leniencyTyp();

    @Message
    String leniencyLife();

    @Message
    String leniencyClientId();

    @Message
    String leniencyHtu();
}
