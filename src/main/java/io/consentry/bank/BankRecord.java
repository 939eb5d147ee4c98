package io.consentry.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.bank.BankFinding.Absent;
import io.consentry.bank.BankFinding.Provenance;
import io.consentry.bank.BankFinding.Value;
import io.consentry.kernel.AttributeName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The opened answer of Consentry, as findings to the form's questions. Personal; does not print. */
record BankRecord(Map<BankQuestion, BankFinding> findings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    BankRecord {
        findings = Map.copyOf(findings);
    }

    /** Reads the claims of a verified record. */
    static BankRecord of(Map<String, Object> claims) {
        JsonNode record = JSON.valueToTree(claims);
        var findings = new EnumMap<BankQuestion, BankFinding>(BankQuestion.class);
        for (BankQuestion question : BankQuestion.values()) {
            question.attribute().ifPresent(name -> findings.put(question, finding(question, name, record)));
        }
        if (findings.get(BankQuestion.EMPLOYER) instanceof Absent) {
            latestEmployer(record).ifPresent(employer -> findings.put(BankQuestion.EMPLOYER, employer));
        }
        return new BankRecord(findings);
    }

    /** The finding to a question; empty when no source is asked it. */
    Optional<BankFinding> find(BankQuestion question) {
        return Optional.ofNullable(findings.get(question));
    }

    /** This record less what it says to the questions of a card. */
    BankRecord without(BankCard card) {
        var others = new EnumMap<BankQuestion, BankFinding>(BankQuestion.class);
        findings.forEach((question, finding) -> {
            if (question.card() != card) {
                others.put(question, finding);
            }
        });
        return new BankRecord(others);
    }

    private static BankFinding finding(BankQuestion question, AttributeName name, JsonNode record) {
        JsonNode consent = record.path("consent");
        String outcome = consent.path("outcomes").path(name.value()).asText("source_unavailable");
        JsonNode retry = consent.path("retry_after").path(name.value());
        OptionalLong retryAfter = retry.isNumber() ? OptionalLong.of(retry.asLong()) : OptionalLong.empty();
        if (!outcome.equals("released")) {
            return new Absent(BankMissing.ofOutcome(outcome), retryAfter);
        }
        JsonNode item = item(name, record.path("person_info"));
        List<String> lines = BankWriting.lines(question, item);
        if (lines.isEmpty()) {
            return new Absent(BankMissing.BLANK, retryAfter);
        }
        JsonNode envelope = item.isArray() ? item.path(0) : item;
        return new Value(
                lines,
                BankWriting.answer(question, item, lines),
                name,
                date(envelope.path("lastupdated").asText()),
                Provenance.of(envelope.path("source").asText()));
    }

    /** Of a scope such as {@code cpfbalances.oa} the inner item, which carries its own metadata; of lists the whole list. */
    private static JsonNode item(AttributeName name, JsonNode person) {
        JsonNode item = person;
        for (String step : name.value().split("\\.")) {
            if (item.isArray()) {
                return item;
            }
            item = item.path(step);
        }
        return item;
    }

    /** Of most people no office knows the employer, but the CPF Board knows who paid last. */
    private static Optional<BankFinding> latestEmployer(JsonNode record) {
        return Stream.of("cpfcontributions", "cpfemployers")
                .flatMap(name -> latestEmployer(name, record.path("person_info").path(name)).stream())
                .findFirst();
    }

    private static Optional<BankFinding> latestEmployer(String name, JsonNode item) {
        return StreamSupport.stream(item.path("history").spliterator(), false)
                .max(Comparator.comparing(BankWriting::month))
                .map(last -> last.path("employer").path("value").asText())
                .filter(employer -> !employer.isBlank())
                .map(employer -> new Value(
                        List.of(employer),
                        employer,
                        new AttributeName(name),
                        date(item.path("lastupdated").asText()),
                        Provenance.of(item.path("source").asText())));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BankRecord[redacted]";
    }
}
