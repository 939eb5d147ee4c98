package io.consentry.bank;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How the values of a record are written on the form: as they came, in the order that Myinfo's display rules ask for. */
final class BankWriting {

    private BankWriting() {}

    /** The value as lines; empty when there is none. */
    static List<String> lines(BankQuestion question, JsonNode item) {
        Stream<String> lines = switch (question) {
            case MOBILE -> Stream.of(phone(item));
            case ADDRESS -> address(item).stream();
            case FLAT -> each(item).map(flat -> String.join(", ", address(flat.path("address"))));
            case FLATBOUGHT -> each(item).map(flat -> value(flat.path("dateofpurchase")));
            case FLATLOAN -> each(item).map(flat -> money(flat.path("outstandingloanbalance")));
            case INSTALMENT -> each(item).map(flat -> money(flat.path("monthlyloaninstalment")));
            case INCOME -> Stream.of(income(item));
            case INCOMES -> each(item.path("noas")).map(BankWriting::income).sorted();
            case OA, SA, MA, RA -> Stream.of(money(item));
            case CONTRIBUTIONS -> each(item.path("history")).sorted(PAID_ON).map(BankWriting::contribution);
            case LASTCPF, SECONDCPF, THIRDCPF ->
                recent(item, question.contribution().getAsInt());
            case EMPLOYERS ->
                each(item.path("history"))
                        .sorted(Comparator.comparing(BankWriting::month))
                        .map(row -> month(row) + "\t" + value(row.path("employer")));
            default -> Stream.of(value(item));
        };
        return lines.filter(line -> !line.isBlank()).toList();
    }

    /** The value as it would be typed, or the name of its option. */
    static String answer(BankQuestion question, JsonNode item, List<String> lines) {
        return switch (question.input()) {
            case CHOICE ->
                BankOption.coded(code(item), question.options()).map(Enum::name).orElse("");
            case LONG_TEXT -> String.join("\n", lines).replace(", ", "\n");
            case MONEY -> lines.getLast().replaceAll("^.*S\\$|,", "");
            case TEXT, EMAIL, PHONE, ID_NUMBER, DATE, NONE -> lines.getFirst();
        };
    }

    /** By when it was paid, then for which month. */
    private static final Comparator<JsonNode> PAID_ON = Comparator.<JsonNode, String>comparing(
                    row -> value(row.path("date")))
            .thenComparing(BankWriting::month);

    static String month(JsonNode row) {
        return value(row.path("month"));
    }

    private static String contribution(JsonNode row) {
        return String.join(
                "\t", value(row.path("date")), month(row), value(row.path("employer")), money(row.path("amount")));
    }

    /** The amount of a recent contribution, counted from the latest. */
    private static Stream<String> recent(JsonNode item, int back) {
        List<JsonNode> rows = each(item.path("history")).sorted(PAID_ON).toList();
        return rows.size() > back
                ? Stream.of(money(rows.get(rows.size() - 1 - back).path("amount")))
                : Stream.empty();
    }

    private static String income(JsonNode assessment) {
        String amount = money(assessment.path("amount"));
        return amount.isEmpty() ? "" : value(assessment.path("yearofassessment")) + ": " + amount;
    }

    private static String code(JsonNode item) {
        return item.has("code")
                ? item.path("code").asText()
                : item.path("value").asText();
    }

    /** Of {@code {value}} the value, of {@code {code, desc}} the description. */
    private static String value(JsonNode item) {
        return item.has("code")
                ? item.path("desc").asText()
                : item.path("value").asText();
    }

    private static String money(JsonNode item) {
        JsonNode amount = item.path("value");
        return amount.isNumber()
                ? "S$"
                        + new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT))
                                .format(amount.decimalValue())
                : "";
    }

    private static String phone(JsonNode item) {
        String number = value(item.path("nbr"));
        return number.isEmpty() ? "" : value(item.path("prefix")) + value(item.path("areacode")) + " " + number;
    }

    /** As on an envelope: block and street, unit, building, country and postal code; or the lines of a foreign one. */
    private static List<String> address(JsonNode item) {
        var lines = new ArrayList<String>();
        lines.add(joined(" ", value(item.path("block")), value(item.path("street"))));
        String floor = value(item.path("floor"));
        String unit = value(item.path("unit"));
        lines.add(floor.isEmpty() && unit.isEmpty() ? "" : "#" + joined("-", floor, unit));
        lines.add(value(item.path("building")));
        lines.add(value(item.path("line1")));
        lines.add(value(item.path("line2")));
        lines.add(joined(" ", value(item.path("country")), value(item.path("postal"))));
        lines.removeIf(String::isBlank);
        return lines;
    }

    private static String joined(String by, String... parts) {
        return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(by));
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
