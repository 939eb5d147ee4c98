package io.consentry.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consentry.bank.BankVisit.Filling;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BankEffortTest {

    /** By how much a form with this record is faster, when the customer changes nothing. */
    static long percentFaster(Map<String, Object> claims) {
        return BankEffort.compare(unchanged(BankRecord.of(claims))).percentFaster();
    }

    private static Filling unchanged(BankRecord record) {
        var given = new EnumMap<BankQuestion, String>(BankQuestion.class);
        BankCustomer.OWN.forEach(
                (key, answer) -> given.put(BankQuestion.valueOf(key.toUpperCase(java.util.Locale.ROOT)), answer));
        for (BankQuestion question : BankQuestion.values()) {
            if (question.isEditable() && record.find(question).orElse(null) instanceof BankFinding.Value held) {
                given.put(question, held.answer());
            }
        }
        return new Filling(Optional.empty(), Optional.of(record), Set.of(), new BankAnswers(given, Set.of()));
    }

    @Test
    void oneTypedWordIsAThoughtItsKeysTabAndALook() {
        var answers = new BankAnswers(Map.of(BankQuestion.OCCUPATION, "Diver"), Set.of());

        Duration typed = BankEffort.compare(Filling.BY_HAND.answered(answers)).typed();

        double startAndSubmit = 2 * (1.35 + 1.1 + 0.2);
        double word = 1.35 + 0.4 + 6 * 0.28 + 0.4;
        double backToTheMouse = 0.4;
        assertThat(typed.toMillis() / 1000.0).isCloseTo(startAndSubmit + word + backToTheMouse, within(0.01));
    }

    @Test
    void whatOnlyTheCustomerKnowsCostsTheSameEitherWay() {
        var answers = new BankAnswers(Map.of(BankQuestion.PURPOSE, "DAILY"), Set.of());

        BankEffort.Comparison both = BankEffort.compare(Filling.BY_HAND.answered(answers));

        double atConsentry = 2 * (1.1 + 0.2) + 5 * 1.35;
        assertThat(both.filled().minus(both.typed()).toMillis() / 1000.0).isCloseTo(atConsentry, within(0.01));
    }
}
