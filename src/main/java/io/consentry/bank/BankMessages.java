package io.consentry.bank;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the demo bank: {@code messages/bank.properties}. */
@MessageBundle("bank")
interface BankMessages {

    @Message
    String name();

    @Message
    String home();

    @Message
    String footer();

    @Message
    String title(String page);

    @Message
    String offerTitle();

    @Message
    String offerOverline();

    @Message
    String offerLead();

    @Message
    String offerChoose();

    @Message
    String offerWithConsentry();

    @Message
    String offerByHand();

    @Message
    String offerWhatHappens();

    @Message
    String offerStepLeave();

    @Message
    String offerStepSee();

    @Message
    String offerStepBack();

    @Message
    String offerHandHappens();

    @Message
    String offerHandText();

    @Message
    String offerKeeps();

    @Message
    String troubleAgain();

    @Message
    String troubleByHand();

    @Message
    String troubleContinue();

    @Message
    String formTitle();

    @Message
    String formTitleError();

    @Message
    String formLeadFilled();

    @Message
    String formLeadByHand();

    @Message
    String formKeeps();

    @Message
    String problemsTitle();

    @Message
    String problemLine(String label, String problem);

    @Message
    String problemCard(String label);

    @Message
    String optional();

    @Message
    String verifiedBy(String source);

    @Message
    String verifiedAsOf(String source, String date);

    @Message
    String editableHint();

    @Message
    String allCorrect();

    @Message
    String allCorrectIn(String label);

    @Message
    String unknownToAll();

    @Message
    String somethingWrong();

    @Message
    String fillThisByHand();

    @Message
    String notConfirmed();

    @Message
    String somethingWrongHint();

    @Message
    String typedByHand();

    @Message
    String retry();

    @Message
    String retryHint();

    @Message
    String retryAfter(long seconds);

    @Message
    String more(int count);

    @Message
    String moreOne();

    @Message
    String elsewhere();

    @Message
    String choose();

    @Message
    String contributionPaid();

    @Message
    String contributionMonth();

    @Message
    String contributionEmployer();

    @Message
    String contributionAmount();

    @Message
    String submit();

    @Message
    String leave();

    @Message
    String doneTitle();

    @Message
    String doneLead();

    @Message
    String doneStored();

    @Message
    String doneStoredText();

    @Message
    String doneVerified(int count);

    @Message
    String doneTyped(int count);

    @Message
    String doneTimeTitle();

    @Message
    String doneFaster(long percent);

    @Message
    String doneFilledLabel();

    @Message
    String doneTypedLabel();

    @Message
    String doneAbout(long seconds);

    @Message
    String doneTimeByHand(long percent);

    @Message
    String doneModel();

    @Message
    String doneModelText();

    @Message
    String doneModelStep();

    @Message
    String doneModelSeconds();

    @Message
    String doneModelTyped();

    @Message
    String doneModelFilled();

    @Message
    String doneModelLeftOut();

    @Message
    String doneAgain();

    @Message
    String doneConsentry();

    @Message
    String card(BankCard card);

    @Message
    String question(BankQuestion question);

    @Message
    String hint(BankQuestion question);

    @Message
    String option(BankOption option);

    @Message
    String missing(BankMissing missing);

    @Message
    String provenance(BankFinding.Provenance provenance);

    @Message
    String problem(BankProblem problem);

    @Message
    String notice(BankNotice notice);

    @Message
    String troubleTitle(BankTrouble trouble);

    @Message
    String troubleText(BankTrouble trouble);

    @Message
    String operator(BankOperator operator);
}
