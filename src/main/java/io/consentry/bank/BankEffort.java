package io.consentry.bank;

import io.consentry.bank.BankFinding.Value;
import io.consentry.bank.BankVisit.Filling;
import java.time.Duration;
import java.util.Set;

/**
 * How long the form takes somebody at a desk, by the keystroke-level model (Card, Moran and Newell, 1980): a sum of
 * keystrokes, pointing, ways of the hand and pauses to think, over the answers that were really given. It predicts practised,
 * faultless work. Waiting, finding papers and correcting slips are left out; the last two would speak against typing.
 */
final class BankEffort {

    /** At Consentry: choose who one is, read who asks, what for and how long, decide. */
    private static final int THOUGHTS_AT_CONSENTRY = 5;

    private static final int KEYS_OF_A_DATE = 8;

    /** What the bank asks Consentry for as optional: each takes a tick there. */
    static final Set<BankQuestion> TICKED = Set.of(
            BankQuestion.PINYIN,
            BankQuestion.ALIAS,
            BankQuestion.MARRIEDNAME,
            BankQuestion.RACE,
            BankQuestion.PASSPORT,
            BankQuestion.PASSPORTEXPIRY,
            BankQuestion.MARITAL,
            BankQuestion.FLATTYPE,
            BankQuestion.PRIVATEHOME,
            BankQuestion.FLAT,
            BankQuestion.FLATBOUGHT,
            BankQuestion.FLATLOAN,
            BankQuestion.INSTALMENT,
            BankQuestion.INCOMES,
            BankQuestion.OA,
            BankQuestion.SA,
            BankQuestion.MA,
            BankQuestion.RA,
            BankQuestion.EMPLOYERS);

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
            BankQuestion.RA,
            BankQuestion.LASTCPF,
            BankQuestion.SECONDCPF,
            BankQuestion.THIRDCPF);

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
        return new Comparison(typed(visit), filled(visit));
    }

    private static Duration typed(Filling visit) {
        var hands = new BankStopwatch();
        decide(hands);
        for (BankQuestion question : BankQuestion.values()) {
            answer(hands, question, answer(question, visit));
        }
        decide(hands);
        return hands.elapsed();
    }

    private static Duration filled(Filling visit) {
        var hands = new BankStopwatch();
        decide(hands);
        atConsentry(hands, visit);
        for (BankCard card : BankCard.values()) {
            for (BankQuestion question : BankQuestion.of(card)) {
                if (comesFilled(question, visit)) {
                    lookAt(hands, question, visit);
                } else {
                    answer(hands, question, answer(question, visit));
                }
            }
            // No thought of its own: the looks were the thinking (the model's rule 1, an anticipated step).
            if (isConfirmed(card, visit)) {
                hands.click();
            }
        }
        decide(hands);
        return hands.elapsed();
    }

    private static void atConsentry(BankStopwatch hands, Filling visit) {
        hands.click();
        TICKED.stream().filter(question -> comesFilled(question, visit)).forEach(question -> hands.click());
        hands.click();
        for (int i = 0; i < THOUGHTS_AT_CONSENTRY; i++) {
            hands.think();
        }
    }

    private static void decide(BankStopwatch hands) {
        hands.think();
        hands.click();
    }

    /** One value, one look, and a shorter one for each further line; none for what the table of contributions shows already. */
    private static void lookAt(BankStopwatch hands, BankQuestion question, Filling visit) {
        int lines = visit.held(question).map(held -> held.lines().size()).orElse(1);
        boolean inTable =
                question == BankQuestion.EMPLOYERS || question.contribution().isPresent();
        boolean shown = !inTable || visit.held(BankQuestion.CONTRIBUTIONS).isEmpty();
        if (shown) {
            hands.look();
            for (int line = 1; line < lines; line++) {
                hands.readOn();
            }
        }
    }

    private static void answer(BankStopwatch hands, BankQuestion question, String answer) {
        if (answer.isEmpty()) {
            return;
        }
        answer.lines().forEach(line -> hands.think());
        if (ON_PAPER.contains(question)) {
            hands.think();
        }
        if (question.input() == BankInput.CHOICE) {
            hands.click();
        } else {
            int tab = 1;
            hands.type((question.input() == BankInput.DATE ? KEYS_OF_A_DATE : answer.length()) + tab);
        }
        // Before sending, one looks once at each answer, however it came.
        hands.look();
    }

    /** What was answered; of tables nothing, since nobody is asked to type them. */
    private static String answer(BankQuestion question, Filling visit) {
        if (question.input() == BankInput.NONE) {
            return "";
        }
        String given = visit.answers().get(question);
        return given.isEmpty() ? visit.held(question).map(Value::answer).orElse("") : given;
    }

    /** Of a form filled in by hand: whether a source would have known. */
    private static boolean comesFilled(BankQuestion question, Filling visit) {
        return visit.record().isEmpty()
                ? question.attribute().isPresent() && !answer(question, visit).isEmpty()
                : visit.isAsHeld(question);
    }

    private static boolean isConfirmed(BankCard card, Filling visit) {
        return BankQuestion.of(card).stream().anyMatch(question -> comesFilled(question, visit));
    }
}
