package io.consentry.approval;

import io.consentry.release.AttributeOutcome;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the consent page and of signing in: {@code messages/consent.properties}. */
@MessageBundle("consent")
public interface ConsentMessages {

    @Message
    String title(String client);

    @Message
    String asks();

    @Message
    String registered();

    @Message
    String clientId();

    @Message
    String doubtfulName();

    /** Introduces the client's own words. */
    @Message
    String clientSays(String client);

    @Message
    String toAnswer();

    @Message
    String changes();

    @Message
    String changesAdded();

    @Message
    String changesRemoved();

    @Message
    String changesKept();

    @Message
    String changesUntil();

    @Message
    String changesNewUntil();

    @Message
    String changesPaused();

    @Message
    String required();

    @Message
    String requiredWhy();

    @Message
    String optional();

    @Message
    String optionalWhy();

    @Message
    String optionalKept();

    @Message
    String entries(int count);

    @Message
    String doesNotApply();

    @Message
    String show();

    @Message
    String hide();

    @Message
    String asOf(String source, String date);

    @Message
    String wrong();

    @Message
    String wrongAbout(String attribute);

    @Message
    String wrongWhatToDo(String source, String contact);

    @Message
    String nothingOnRecord();

    @Message
    String missing();

    /** Why a value is missing, and what that means. */
    @Message
    String outcome(AttributeOutcome outcome);

    /** What to do about it. */
    @Message
    String remedy(AttributeOutcome outcome);

    @Message
    String tryAgainIn(String time);

    @Message
    String ifYouApprove();

    @Message
    String access();

    @Message
    String often();

    @Message
    String oftenUnusual();

    @Message
    String farLabel();

    @Message
    String periodic(String reminder);

    @Message
    String storage();

    @Message
    String deletion();

    @Message
    String deletionWithin(String period);

    @Message
    String tickAll();

    @Message
    String untickAll();

    @Message
    String ofGroup(String group);

    @Message
    String nobodyElse();

    @Message
    String noPassword();

    @Message
    String withdraw();

    @Message
    String decideBy(String time);

    @Message
    String approve();

    @Message
    String refuse();

    @Message
    String sourcesDown();

    @Message
    String nothingAsked();

    @Message
    String nothingAdded();

    @Message
    String grantedTitle();

    @Message
    String granted(String client);

    @Message
    String refusedTitle();

    @Message
    String refused(String client);

    @Message
    String lapsedTitle();

    @Message
    String lapsed(String client);

    @Message
    String othersTitle();

    @Message
    String others();

    @Message
    String goneTitle();

    @Message
    String gone();

    @Message
    String backTo(String client);

    @Message
    String seeConsents();

    @Message
    String seeThisConsent();

    @Message
    String signOutHere();

    @Message
    String signInTitle();

    @Message
    String signInWith(String method);
}
