package io.consentry.bank;

import io.consentry.bank.BankVisit.Filling;
import java.util.Arrays;

/**
 * What the bank remembers of a submission: counts and times, no value and no name.
 *
 * @param verified answers that came from sources
 * @param typed answers given by hand
 * @param withConsentry whether anything came from Consentry
 */
record BankSummary(int verified, int typed, boolean withConsentry, BankEffort.Comparison effort) {

    static BankSummary of(Filling visit) {
        int verified = (int) Arrays.stream(BankQuestion.values())
                .filter(question -> question.contribution().isEmpty() && visit.isAsHeld(question))
                .count();
        int typed = (int) visit.answers().given().keySet().stream()
                .filter(question -> !visit.isAsHeld(question))
                .count();
        return new BankSummary(verified, typed, visit.record().isPresent(), BankEffort.compare(visit));
    }
}
