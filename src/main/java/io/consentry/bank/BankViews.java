package io.consentry.bank;

import io.consentry.bank.BankFinding.Absent;
import io.consentry.bank.BankFinding.Value;
import io.consentry.bank.BankQuestion.Need;
import io.consentry.bank.BankView.Card;
import io.consentry.bank.BankView.Problem;
import io.consentry.bank.BankView.Row;
import io.consentry.bank.BankView.Source;
import io.consentry.bank.BankVisit.Filling;
import io.consentry.catalogue.Catalogue;
import io.consentry.wording.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the form's page together. */
@ApplicationScoped
class BankViews {

    private final Catalogue catalogue;
    private final Writing writing;

    BankViews(Catalogue catalogue, Writing writing) {
        this.catalogue = catalogue;
        this.writing = writing;
    }

    BankView of(Filling visit, BankChecks checks, BankNotice notice) {
        List<Card> cards = Arrays.stream(BankCard.values())
                .map(card -> card(card, visit, checks))
                .filter(card -> !card.rows().isEmpty() || !card.more().isEmpty())
                .toList();
        return new BankView(cards, problems(checks), notice, visit.record().isPresent());
    }

    private static List<Problem> problems(BankChecks checks) {
        return Arrays.stream(BankCard.values())
                .flatMap(card -> Stream.concat(
                        BankQuestion.of(card).stream()
                                .flatMap(question -> checks.problem(question).stream()
                                        .map(problem ->
                                                new Problem(question.key(), problem, Optional.of(question), card))),
                        Stream.of(card)
                                .filter(checks.cards()::contains)
                                .map(unconfirmed -> new Problem(
                                        BankAnswers.confirmation(card),
                                        BankProblem.NOTCONFIRMED,
                                        Optional.empty(),
                                        card))))
                .toList();
    }

    private Card card(BankCard card, Filling visit, BankChecks checks) {
        var rows = new ArrayList<Row>();
        var more = new ArrayList<Row>();
        var elsewhere = new ArrayList<Row>();
        boolean retry = false;
        for (BankQuestion question : BankQuestion.of(card)) {
            if (isShownWithTheName(question, visit) || isSaidElsewhere(question, visit)) {
                continue;
            }
            Row row = row(question, visit, checks);
            boolean later = row.why().filter(BankMissing::mayComeLater).isPresent();
            retry |= later;
            if (!row.held() && !row.asked() && !later) {
                elsewhere.add(row);
            } else if (row.held() || row.needed() || later || question.need() != Need.NEVER || row.conditional()) {
                rows.add(row);
            } else {
                more.add(row);
            }
        }
        // By hand, what no source is asked for has no place at all.
        elsewhere.removeIf(row -> row.why().isEmpty());
        return new Card(
                card,
                rows,
                more,
                elsewhere,
                visit.isToConfirm(card),
                visit.answers().confirmed().contains(card),
                checks.cards().contains(card),
                retry && visit.access().isPresent(),
                visit.byHand().contains(card));
    }

    private Row row(BankQuestion question, Filling visit, BankChecks checks) {
        Optional<Value> held = visit.held(question);
        Optional<Absent> absent = visit.absent(question);
        String given = visit.answers().get(question);
        return new Row(
                question,
                held.map(value -> lines(question, value, visit)).orElse(List.of()),
                held.map(this::source),
                absent.map(Absent::why),
                absent.map(value -> value.retryAfter().orElse(0)).orElse(0L),
                visit.isAsked(question),
                BankChecks.isNeeded(question, visit),
                given.isEmpty() && checks.problem(question).isEmpty()
                        ? held.map(Value::answer).orElse("")
                        : given,
                checks.problem(question));
    }

    /** Names in the order that Myinfo asks for: pinyin in brackets, aliases after an at sign, then the married name. */
    private List<String> lines(BankQuestion question, Value value, Filling visit) {
        if (question != BankQuestion.NAME) {
            return question.input() == BankInput.DATE || question.isTable()
                    ? value.lines().stream().map(this::withDates).toList()
                    : value.lines();
        }
        var lines = new ArrayList<String>(value.lines());
        name(BankQuestion.PINYIN, visit).ifPresent(pinyin -> lines.add("(" + pinyin + ")"));
        name(BankQuestion.ALIAS, visit).ifPresent(alias -> lines.add("@" + alias));
        name(BankQuestion.MARRIEDNAME, visit).ifPresent(lines::add);
        return lines;
    }

    /** Dates and months of a line as people write them. */
    private String withDates(String line) {
        return Arrays.stream(line.split("\t", -1)).map(writing::date).collect(Collectors.joining("\t"));
    }

    private static Optional<String> name(BankQuestion question, Filling visit) {
        return visit.held(question).map(value -> value.lines().getFirst());
    }

    private static boolean isShownWithTheName(BankQuestion question, Filling visit) {
        return question.isNameLine()
                && visit.held(question).isPresent()
                && visit.held(BankQuestion.NAME).isPresent();
    }

    /** The table of contributions names each employer and each amount already, month by month. */
    private static boolean isSaidElsewhere(BankQuestion question, Filling visit) {
        return (question == BankQuestion.EMPLOYERS || question.contribution().isPresent())
                && visit.held(BankQuestion.CONTRIBUTIONS).isPresent();
    }

    private Source source(Value value) {
        String name = catalogue
                .find(value.by())
                .map(attribute -> attribute.source().shortName())
                .orElse("");
        return new Source(name, value.asAt().map(writing::date).orElse(""), value.provenance());
    }
}
