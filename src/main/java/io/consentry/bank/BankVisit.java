package io.consentry.bank;

import io.consentry.bank.BankFinding.Absent;
import io.consentry.bank.BankFinding.Value;
import io.consentry.bank.RelyingParty.Tokens;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Where one customer is in opening an account. Lives in memory alone, and holds personal values only until it is submitted. */
sealed interface BankVisit {

    /** At Consentry, deciding; {@code before} is what to come back to. */
    record Away(RelyingParty client, Filling before) implements BankVisit {

        Filling returned(Access access, BankRecord record) {
            return new Filling(Optional.of(access), Optional.of(record), Set.of(), before.answers());
        }
    }

    /** What the bank may ask Consentry again with. Does not print. */
    record Access(RelyingParty client, Tokens tokens) {

        @Override
        public String toString() {
            return "Access[redacted]";
        }
    }

    /**
     * At the form.
     *
     * @param record what Consentry gave; empty when everything is filled in by hand
     * @param byHand cards whose values the customer found wrong: these are typed, and what came for them is not used
     */
    record Filling(Optional<Access> access, Optional<BankRecord> record, Set<BankCard> byHand, BankAnswers answers)
            implements BankVisit {

        static final Filling BY_HAND = new Filling(Optional.empty(), Optional.empty(), Set.of(), BankAnswers.NONE);

        public Filling {
            byHand = Set.copyOf(byHand);
        }

        /** With these answers, less those to questions that this form does not ask. */
        Filling answered(BankAnswers next) {
            return new Filling(access, record, byHand, next.only(this::isAsked));
        }

        /** The values of this card are wrong: they are put away, and the card is typed. */
        Filling typing(BankCard card) {
            var cards = EnumSet.of(card);
            cards.addAll(byHand);
            return new Filling(access, record.map(known -> known.without(card)), cards, answers);
        }

        Filling refreshed(BankRecord next) {
            BankRecord remaining = next;
            for (BankCard card : byHand) {
                remaining = remaining.without(card);
            }
            return new Filling(access, Optional.of(remaining), byHand, answers);
        }

        Done submitted(BankSummary summary) {
            return new Done(summary);
        }

        /** The value that a source gave for a question. */
        Optional<Value> held(BankQuestion question) {
            return record.flatMap(known -> known.find(question))
                    .flatMap(finding -> finding instanceof Value held ? Optional.of(held) : Optional.empty());
        }

        /** Why a source gave none; empty when none was asked, or when it gave one. */
        Optional<Absent> absent(BankQuestion question) {
            return record.flatMap(known -> known.find(question))
                    .flatMap(finding -> finding instanceof Absent absent ? Optional.of(absent) : Optional.empty());
        }

        /** Whether the question is answered by a value that cannot be changed here. */
        boolean isSettled(BankQuestion question) {
            return !question.isEditable()
                    && held(question)
                            .filter(value -> value.provenance() != BankFinding.Provenance.DECLARED)
                            .isPresent();
        }

        /** Whether what a source gave stands as it came. */
        boolean isAsHeld(BankQuestion question) {
            return held(question)
                    .filter(value -> isSettled(question) || value.answer().equals(answers.get(question)))
                    .isPresent();
        }

        /** Whether the question has an input: not when it is settled, nor when nobody asks it of this person. */
        boolean isAsked(BankQuestion question) {
            if (isSettled(question) || question.input() == BankInput.NONE) {
                return false;
            }
            return switch (question.need()) {
                case ALWAYS, ASKED -> true;
                case BY_HAND, NEVER ->
                    absent(question)
                            .map(absent ->
                                    absent.why() != BankMissing.NOTAPPLICABLE && absent.why() != BankMissing.BLANK)
                            .orElse(true);
            };
        }

        /** Whether the card shows values to be marked as correct. */
        boolean isToConfirm(BankCard card) {
            return BankQuestion.of(card).stream()
                    .anyMatch(question -> held(question).isPresent());
        }
    }

    /** Submitted. What was typed and fetched is gone; the summary has no value. */
    record Done(BankSummary summary) implements BankVisit {}
}
