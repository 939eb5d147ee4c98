package io.consentry.resident;

import io.consentry.ledger.EventKind;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of a resident's own pages: {@code messages/me.properties}. */
@MessageBundle("me")
public interface MeMessages {

    @Message
    String title();

    @Message
    String lead();

    @Message
    String active();

    @Message
    String past();

    @Message
    String noneActive();

    @Message
    String nonePast();

    /** The state of a consent in a word. */
    @Message
    String status(String status);

    @Message
    String until(String moment);

    @Message
    String used(long releases, String last);

    @Message
    String neverUsed();

    @Message
    String look(String client);

    @Message
    String lookShort();

    @Message
    String who();

    @Message
    String why();

    @Message
    String legalName();

    @Message
    String clientId();

    @Message
    String since();

    @Message
    String accessUntil();

    @Message
    String ended();

    @Message
    String keptFor();

    @Message
    String keptForValue(String period);

    @Message
    String asked();

    @Message
    String facts(int count);

    @Message
    String whatIsShared();

    @Message
    String whatWasAsked();

    @Message
    String onlyIdentity();

    @Message
    String history();

    @Message
    String historyLead();

    /** What happened, said to the person it happened to. */
    @Message
    String event(EventKind kind);

    /** Why it happened, by a reason code. */
    @Message
    String reason(String code);

    /** What became of an attribute in an event. */
    @Message
    String outcome(String outcome);

    @Message
    String ledgerIndex(long index);

    @Message
    String ledgerWaiting();

    @Message
    String withdraw();

    @Message
    String withdrawTitle(String client);

    @Message
    String withdrawAtOnce();

    @Message
    String withdrawKept(String client);

    @Message
    String withdrawDo();

    @Message
    String withdrawNot();

    @Message
    String justWithdrawn();

    @Message
    String alreadyEnded();

    @Message
    String backToAll();

    @Message
    String activityTitle();

    @Message
    String activityLead();

    @Message
    String filterKind();

    @Message
    String filterClient();

    @Message
    String kind(String kind);

    @Message
    String everybody();

    @Message
    String filter();

    @Message
    String noActivity();

    @Message
    String older();

    @Message
    String newest();
}
