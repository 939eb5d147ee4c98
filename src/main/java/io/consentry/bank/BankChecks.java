package io.consentry.bank;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.consentry.bank.BankQuestion.Need;
import io.consentry.bank.BankVisit.Filling;
import io.consentry.kernel.NationalId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands between the answers and a submission.
 *
 * @param answers by question, in the form's order
 * @param cards cards whose values were not marked as correct
 */
record BankChecks(Map<BankQuestion, BankProblem> answers, Set<BankCard> cards) {

    static final BankChecks NOT_YET = new BankChecks(new EnumMap<>(BankQuestion.class), Set.of());

    private static final int LONGEST = 200;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
    private static final Pattern MONEY = Pattern.compile("(S?\\$)?\\s?[0-9]{1,3}(,?[0-9]{3})*(\\.[0-9]{1,2})?");

    static BankChecks of(Filling visit) {
        var problems = new EnumMap<BankQuestion, BankProblem>(BankQuestion.class);
        for (BankQuestion question : BankQuestion.values()) {
            if (visit.isAsked(question)) {
                problem(question, visit).ifPresent(problem -> problems.put(question, problem));
            }
        }
        var unconfirmed = EnumSet.noneOf(BankCard.class);
        for (BankCard card : BankCard.values()) {
            if (visit.isToConfirm(card) && !visit.answers().confirmed().contains(card)) {
                unconfirmed.add(card);
            }
        }
        return new BankChecks(problems, unconfirmed);
    }

    boolean passed() {
        return answers.isEmpty() && cards.isEmpty();
    }

    Optional<BankProblem> problem(BankQuestion question) {
        return Optional.ofNullable(answers.get(question));
    }

    private static Optional<BankProblem> problem(BankQuestion question, Filling visit) {
        String answer = visit.answers().get(question);
        if (answer.isEmpty()) {
            return isNeeded(question, visit)
                    ? Optional.of(question.input() == BankInput.CHOICE ? BankProblem.NOCHOICE : BankProblem.MISSING)
                    : Optional.empty();
        }
        return answer.length() > LONGEST ? Optional.of(BankProblem.TOOLONG) : malformed(question, answer);
    }

    static boolean isNeeded(BankQuestion question, Filling visit) {
        return question.condition()
                .map(condition -> condition.options().stream()
                        .anyMatch(option -> option.name().equals(visit.answers().get(condition.question()))))
                .orElse(question.need() == Need.ALWAYS
                        || (question.need() == Need.BY_HAND
                                && visit.absent(question).isEmpty()));
    }

    private static Optional<BankProblem> malformed(BankQuestion question, String answer) {
        return switch (question.input()) {
            case CHOICE -> unless(BankOption.named(answer, question.options()).isPresent(), BankProblem.NOCHOICE);
            case DATE -> unless(isDate(answer), BankProblem.NODATE);
            case MONEY -> unless(MONEY.matcher(answer).matches(), BankProblem.NOMONEY);
            case EMAIL -> unless(EMAIL.matcher(answer).matches(), BankProblem.NOEMAIL);
            case PHONE -> unless(PHONES.isPossibleNumber(answer, "SG"), BankProblem.NOPHONE);
            case ID_NUMBER -> unless(NationalId.isValid(answer.toUpperCase(Locale.ROOT)), BankProblem.NOIDNUMBER);
            case TEXT, LONG_TEXT, NONE -> Optional.empty();
        };
    }

    private static boolean isDate(String text) {
        try {
            int year = LocalDate.parse(text).getYear();
            return year > 1900 && year < 2100;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<BankProblem> unless(boolean fine, BankProblem otherwise) {
        return fine ? Optional.empty() : Optional.of(otherwise);
    }
}
