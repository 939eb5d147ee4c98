package io.consentry.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;

/**
 * A member's contributions, written in a person's file as employments ({@code employer}, {@code cents}, and how many
 * months ago the first and last were paid) and told by the CPF Board as a ledger: one line for every month paid,
 * oldest first, over the 15 months up to the last.
 */
final class CpfLedger {

    private static final int WINDOW = 15;
    private static final int PAY_DAY = 14;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");

    private CpfLedger() {}

    /** Replaces {@code contributions.employments} by {@code ledger} and {@code employers}. */
    static void expand(ObjectNode statement, LocalDate today) {
        if (!(statement.path("contributions") instanceof ObjectNode contributions)
                || !contributions.has("employments")) {
            return;
        }
        JsonNode employments = contributions.remove("employments");
        ArrayNode ledger = contributions.putArray("ledger");
        ArrayNode employers = contributions.putArray("employers");
        for (int monthsAgo = WINDOW; monthsAgo >= 1; monthsAgo--) {
            for (JsonNode employment : employments) {
                if (monthsAgo <= employment.path("from").intValue()
                        && monthsAgo >= employment.path("to").intValue()) {
                    YearMonth paid = YearMonth.from(today).minusMonths(monthsAgo);
                    ledger.add(line(employment, paid));
                    employers.add(employer(employment, paid));
                }
            }
        }
    }

    private static ObjectNode line(JsonNode employment, YearMonth paid) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("paidOn", paid.atDay(PAY_DAY).toString())
                .put("forMonth", paid.minusMonths(1).format(MONTH))
                .put("employer", employment.path("employer").textValue())
                .put("cents", employment.path("cents").longValue());
    }

    private static ObjectNode employer(JsonNode employment, YearMonth paid) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("forMonth", paid.minusMonths(1).format(MONTH))
                .put("employer", employment.path("employer").textValue());
    }
}
