package io.consentry.bank;

import io.consentry.bank.BankFinding.Provenance;
import java.util.List;
import java.util.Optional;

/**
 * The form as its page shows it. Personal; does not print.
 *
 * @param problems what stands in the way of a submission, in the form's order
 * @param withConsentry whether anything came from Consentry
 */
record BankView(List<Card> cards, List<Problem> problems, BankNotice notice, boolean withConsentry) {

    /** One thing to put right, with the anchor of its place. */
    record Problem(String anchor, BankProblem problem, Optional<BankQuestion> question, BankCard card) {}

    /**
     * One card.
     *
     * @param rows what it shows and asks
     * @param more what nobody needs to answer, and no source did
     * @param elsewhere what does not concern this person, or has no input here
     * @param toConfirm whether it has values to be marked as correct
     * @param retry whether asking Consentry again may bring more
     */
    record Card(
            BankCard card,
            List<Row> rows,
            List<Row> more,
            List<Row> elsewhere,
            boolean toConfirm,
            boolean confirmed,
            boolean unconfirmed,
            boolean retry,
            boolean byHand) {

        /** The name of its "all correct". */
        public String confirmation() {
            return BankAnswers.confirmation(card);
        }

        /** Whether what is optional must not be folded away. */
        public boolean moreIsOpen() {
            return more.stream()
                    .anyMatch(row -> row.problem().isPresent() || !row.answer().isEmpty());
        }
    }

    /**
     * One question with what is known of it.
     *
     * @param lines the value as text; of a table, its rows
     * @param why what kept a value away
     * @param retryAfter in seconds, 0 when the source did not say
     * @param asked whether it has an input
     * @param answer what stands in the input
     */
    record Row(
            BankQuestion question,
            List<String> lines,
            Optional<Source> source,
            Optional<BankMissing> why,
            long retryAfter,
            boolean asked,
            boolean needed,
            String answer,
            Optional<BankProblem> problem) {

        /** The cells of a table's rows. */
        public List<List<String>> cells() {
            return lines.stream().map(line -> List.of(line.split("\t", -1))).toList();
        }

        public boolean held() {
            return !lines.isEmpty();
        }

        public boolean table() {
            return held() && question.isTable();
        }

        public String key() {
            return question.key();
        }

        public BankInput input() {
            return question.input();
        }

        public boolean editable() {
            return held() && asked;
        }

        public boolean conditional() {
            return question.condition().isPresent();
        }

        /** The input that decides whether this one is needed. */
        public String conditionKey() {
            return question.condition()
                    .map(condition -> condition.question().key())
                    .orElse("");
        }

        /** Whether the page says that this may stay empty; where a choice decides, its hint says so. */
        public boolean optional() {
            return !needed && !conditional();
        }

        /** A yes or no that came as a code, to be said in words. */
        public Optional<BankOption> chosen() {
            return question == BankQuestion.PRIVATEHOME
                    ? BankOption.named(answer, question.options())
                    : Optional.empty();
        }

        public String type() {
            return switch (question.input()) {
                case EMAIL -> "email";
                case PHONE -> "tel";
                case DATE -> "date";
                default -> "text";
            };
        }

        public String inputMode() {
            return switch (question.input()) {
                case EMAIL -> "email";
                case PHONE -> "tel";
                case MONEY -> "decimal";
                default -> "text";
            };
        }

        /** WCAG 2.2, 1.3.5: what a browser may fill in for its owner. */
        public String autocomplete() {
            return switch (question) {
                case NAME -> "name";
                case BORN -> "bday";
                case MOBILE -> "tel";
                case EMAIL -> "email";
                case ADDRESS -> "street-address";
                case EMPLOYER -> "organization";
                case OCCUPATION -> "organization-title";
                default -> "off";
            };
        }

        /** What the input is described by, for those who hear the page. */
        public String describedBy() {
            String hint = why.isPresent() || editable() || hasHint() ? key() + "-hint" : "";
            return (problem.isPresent() ? key() + "-problem " + hint : hint).strip();
        }

        /** Asked although it does not apply to its source: no office keeps it of people like this one. */
        public boolean unknownToAll() {
            return asked && why.filter(BankMissing.NOTAPPLICABLE::equals).isPresent();
        }

        public boolean hasHint() {
            return switch (question) {
                case NRIC, MOBILE, ADDRESS, OCCUPATION, INCOME, TAX, TAXCOUNTRY, TIN, EXPOSURE, OFFICE -> true;
                default -> false;
            };
        }

        @Override
        public String toString() {
            return "Row[" + question + ", redacted]";
        }
    }

    /** Where a value comes from: who, since when, and what stands behind it. */
    record Source(String name, String asAt, Provenance provenance) {}

    @Override
    public String toString() {
        return "BankView[redacted]";
    }
}
