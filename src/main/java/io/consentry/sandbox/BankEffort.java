package io.consentry.sandbox;

import static io.consentry.sandbox.BankOperator.BUTTON;
import static io.consentry.sandbox.BankOperator.HAND;
import static io.consentry.sandbox.BankOperator.KEY;
import static io.consentry.sandbox.BankOperator.LOOK;
import static io.consentry.sandbox.BankOperator.MIND;
import static io.consentry.sandbox.BankOperator.POINT;

import io.consentry.sandbox.BankFinding.Held;
import io.consentry.sandbox.BankVisit.Filling;
import java.time.Duration;
import java.util.Set;

/**
 * How long the form takes somebody at a desk, by the keystroke-level model (Card, Moran and Newell, 1980): a sum of
 * keystrokes, pointing, ways of the hand and pauses to think, over the answers that were really given. It predicts practised,
 * faultless work. Waiting, finding papers and correcting slips are left out; the last two would speak against typing.
 */
final class BankEffort {

    /** At Consentry: begin, choose who one is, read who asks, read what for, decide; each but the reading ends in a click. */
    private static final int DECISIONS_AT_CONSENTRY = 5;

    private static final int CLICKS_AT_CONSENTRY = 3;
    private static final int KEYS_OF_A_DATE = 8;

    /** Few know these by heart: each is read off a passport, a letter or a statement. */
    private static final Set<BankQuestion> ON_PAPER = Set.of(
            BankQuestion.PASSPORT,
            BankQuestion.PASSPORTEXPIRY,
            BankQuestion.PASSEXPIRY,
            BankQuestion.FLATBOUGHT,
            BankQuestion.FLATLOAN,
            BankQuestion.INSTALMENT,
            BankQuestion.INCOME,
            BankQuestion.INCOMES,
            BankQuestion.OA,
            BankQuestion.SA,
            BankQuestion.MA,
            BankQuestion.RA);

    private BankEffort() {}

    /** Both ways, for the same answers. */
    record Comparison(Duration typed, Duration filled) {

        /** By how much the filled form is faster, in percent of typing; negative when it is slower. */
        public long percentFaster() {
            return Math.round(100.0 - 100.0 * filled.toMillis() / typed.toMillis());
        }
    }

    /** Compares typing all answers of a form with having those filled in that the sources know. */
    static Comparison compare(Filling visit) {
        double typed = 0;
        double filled = DECISIONS_AT_CONSENTRY * MIND.seconds() + CLICKS_AT_CONSENTRY * click();
        for (BankQuestion question : BankQuestion.values()) {
            String answer = answer(question, visit);
            if (!answer.isEmpty()) {
                double byHand = byHand(question, answer);
                typed += byHand;
                filled += comesFilled(question, visit) ? LOOK.seconds() : byHand;
            }
        }
        filled += looksAtTables(visit) + confirmations(visit);
        double submit = MIND.seconds() + click();
        return new Comparison(duration(typed + submit), duration(filled + submit));
    }

    private static double click() {
        return POINT.seconds() + BUTTON.seconds();
    }

    private static double byHand(BankQuestion question, String answer) {
        if (question.input() == BankInput.CHOICE) {
            return MIND.seconds() + HAND.seconds() + click() + HAND.seconds();
        }
        int keys = question.input() == BankInput.DATE ? KEYS_OF_A_DATE : answer.length();
        double paper = ON_PAPER.contains(question) ? MIND.seconds() : 0;
        double tab = KEY.seconds();
        return MIND.seconds() + paper + keys * KEY.seconds() + tab;
    }

    /** What was answered; of tables nothing, since nobody is asked to type them. */
    private static String answer(BankQuestion question, Filling visit) {
        if (question.input() == BankInput.NONE) {
            return "";
        }
        String given = visit.answers().get(question);
        return given.isEmpty() ? visit.held(question).map(Held::answer).orElse("") : given;
    }

    private static boolean comesFilled(BankQuestion question, Filling visit) {
        return visit.record().isEmpty() ? question.attribute().isPresent() : visit.isAsHeld(question);
    }

    private static double looksAtTables(Filling visit) {
        int rows = visit.held(BankQuestion.CONTRIBUTIONS)
                .or(() -> visit.held(BankQuestion.EMPLOYERS))
                .map(table -> table.lines().size())
                .orElse(0);
        return rows * LOOK.seconds();
    }

    private static double confirmations(Filling visit) {
        int cards = 0;
        for (BankCard card : BankCard.values()) {
            if (visit.record().isEmpty() ? card != BankCard.ONLY : visit.isToConfirm(card)) {
                cards++;
            }
        }
        return cards * (MIND.seconds() + click());
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
