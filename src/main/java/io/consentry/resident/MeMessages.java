package io.consentry.resident;

import io.consentry.consent.Status;
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
    String open();

    @Message
    String noneActive();

    @Message
    String nonePast();

    /** The state of a consent in a word. */
    @Message
    String status(Status status);

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

    /** So many facts of which one thing became. */
    @Message
    String tally(String outcome, int facts);

    /** So many facts that were approved, of all that were asked for. */
    @Message
    String approved(int approved, int all);

    @Message
    String asked(int facts);

    @Message
    String whatIsShared();

    @Message
    String whatWasShared();

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

    /** What the person just did. */
    @Message
    String done(String done);

    @Message
    String alreadyEnded();

    @Message
    String backToAll();

    @Message
    String pausedSince();

    @Message
    String howOften();

    @Message
    String howFar();

    @Message
    String usage();

    @Message
    String fetched(long releases, String last);

    @Message
    String unusual();

    @Message
    String reminded(String period);

    /** How a consent came to its end, by its state. */
    @Message
    String ending(Status status);

    @Message
    String because(String reason);

    @Message
    String damagedTitle();

    @Message
    String damaged();

    @Message
    String damagedDo();

    @Message
    String pause();

    @Message
    String pauseWhy();

    @Message
    String resume();

    @Message
    String resumeWhy();

    @Message
    String narrow();

    @Message
    String narrowTitle(String client);

    @Message
    String narrowLead();

    @Message
    String narrowKept(String client);

    @Message
    String narrowDo();

    @Message
    String narrowNot();

    @Message
    String narrowProblem(String problem);

    @Message
    String narrowNone();

    @Message
    String versions();

    @Message
    String versionsLead();

    @Message
    String version(int generation, String at);

    @Message
    String versionFirst(String approved, String until);

    @Message
    String added(String what);

    @Message
    String removed(String what);

    @Message
    String longer(String until);

    @Message
    String shorter(String until);

    @Message
    String unchanged();

    @Message
    String told();

    @Message
    String toldOf(String event);

    @Message
    String sent(String at);

    @Message
    String confirmed(String at);

    @Message
    String unconfirmed();

    @Message
    String noticeRefused(String at);

    @Message
    String toTell(String event);

    @Message
    String notSent();

    @Message
    String reminderTitle();

    @Message
    String reminder(String client, String until, long releases);

    @Message
    String copies();

    @Message
    String copiesLead();

    @Message
    String copyPlain();

    @Message
    String copyLinked();

    @Message
    String copyAll();

    @Message
    String everything();
}
