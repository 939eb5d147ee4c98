package io.consentry.bank;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What somebody typed, chose and ticked on the form. Personal; does not print.
 *
 * @param given the answers that are not blank
 * @param confirmed the cards marked "all correct"
 */
record BankAnswers(Map<BankQuestion, String> given, Set<BankCard> confirmed) {

    static final BankAnswers NONE = new BankAnswers(Map.of(), Set.of());

    /** Longer than anything the form asks for; what is longer still is cut here and refused by the checks. */
    private static final int MOST = 400;

    BankAnswers {
        given = Map.copyOf(given);
        confirmed = Set.copyOf(confirmed);
    }

    /** Reads a submitted form; members that are no questions are passed over. */
    static BankAnswers of(MultivaluedMap<String, String> form) {
        var given = new EnumMap<BankQuestion, String>(BankQuestion.class);
        for (BankQuestion question : BankQuestion.values()) {
            String text = form.getFirst(question.key());
            if (text != null && !text.isBlank()) {
                String stripped = text.strip();
                given.put(question, stripped.length() > MOST ? stripped.substring(0, MOST) : stripped);
            }
        }
        var confirmed = EnumSet.noneOf(BankCard.class);
        for (BankCard card : BankCard.values()) {
            if (form.containsKey(confirmation(card))) {
                confirmed.add(card);
            }
        }
        return new BankAnswers(given, confirmed);
    }

    BankAnswers only(Predicate<BankQuestion> asked) {
        var taken = new EnumMap<BankQuestion, String>(BankQuestion.class);
        given.forEach((question, answer) -> {
            if (asked.test(question)) {
                taken.put(question, answer);
            }
        });
        return new BankAnswers(taken, confirmed);
    }

    /** The name of a card's "all correct". */
    static String confirmation(BankCard card) {
        return "correct-" + card.name().toLowerCase(Locale.ROOT);
    }

    String get(BankQuestion question) {
        return given.getOrDefault(question, "");
    }

    @Override
    public String toString() {
        return "BankAnswers[redacted]";
    }
}
