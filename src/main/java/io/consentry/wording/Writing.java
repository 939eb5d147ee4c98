package io.consentry.wording;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Leaf;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How single things are written for people: money, dates, addresses, lengths of time. */
@ApplicationScoped
public class Writing {

    private static final ZoneId SINGAPORE = ZoneId.of("Asia/Singapore");
    private static final Set<String> WHOLE = Set.of("regadd", "address", "mobileno", "balanceloanrepayment");
    private static final Set<String> MONEY_OF_VEHICLES =
            Set.of("vehicles.quotapremium", "vehicles.openmarketvalue", "vehicles.minimumparfbenefit");
    private static final Set<String> ABBREVIATIONS = Set.of("HDB", "PR", "UK", "USA", "FIN", "DBSS", "S", "E", "LTVP");

    private final Language language;

    Writing(Language language) {
        this.language = language;
    }

    /** Whether the member of this name is an object that is read as one. */
    public static boolean isWhole(String member) {
        return WHOLE.contains(member.replace("[]", ""));
    }

    private ValueMessages words() {
        return language.messages(ValueMessages.class);
    }

    public String part(String member) {
        return words().part(member);
    }

    public String named(String member, String value) {
        return words().named(part(member), value);
    }

    public String value(Attribute attribute, Leaf leaf, JsonNode value) {
        return switch (leaf.type()) {
            case DATE, PARTIAL_DATE -> date(value.asText());
            case DATE_TIME -> dateTime(value.asText());
            case BOOLEAN -> value.isBoolean() ? (value.asBoolean() ? words().yes() : words().no()) : value.asText();
            case NUMBER -> value.isNumber() ? number(attribute, value) : value.asText();
            case INTEGER, TEXT, CODE -> value.asText();
        };
    }

    private String number(Attribute attribute, JsonNode value) {
        return isMoney(attribute)
                ? dollars().format(value.decimalValue())
                : NumberFormat.getInstance(language.formats()).format(value.decimalValue());
    }

    /** "S$", as everybody writes it here who may mean another's dollar; no locale data has that. */
    private NumberFormat dollars() {
        var format = (DecimalFormat) NumberFormat.getCurrencyInstance(language.formats());
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setCurrencySymbol("S$");
        format.setDecimalFormatSymbols(symbols);
        return format;
    }

    private static boolean isMoney(Attribute attribute) {
        return switch (attribute.source()) {
            case CPFB, IRAS, HDB -> true;
            default -> MONEY_OF_VEHICLES.contains(attribute.name().value());
        };
    }

    /** {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}; anything else as it came. */
    public String date(String text) {
        try {
            return switch (text.length()) {
                case 10 -> date(LocalDate.parse(text));
                case 7 -> formatter("yMMMM").format(YearMonth.parse(text));
                default -> text;
            };
        } catch (DateTimeException e) {
            return text;
        }
    }

    public String date(LocalDate date) {
        return formatter("yMMMd").format(date);
    }

    private String dateTime(String text) {
        try {
            return at(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** A moment, in Singapore. */
    public String at(Instant moment) {
        return formatter("yMMMdHm").format(moment.atZone(SINGAPORE));
    }

    /** The time of day, in Singapore. */
    public String time(Instant moment) {
        return formatter("Hm").format(moment.atZone(SINGAPORE));
    }

    /** By the parts that are to be there (CLDR); their order and form are the language's. */
    private DateTimeFormatter formatter(String parts) {
        return DateTimeFormatter.ofLocalizedPattern(parts).withLocale(language.formats());
    }

    /** One after the other. */
    public String list(Collection<String> items) {
        return ListFormatter.getInstance(language.formats(), ListFormatter.Type.AND, ListFormatter.Width.NARROW)
                .format(items);
    }

    /** What a code means, not in capitals; the code itself where no meaning came with it. */
    public String described(String code, String description) {
        if (description.isEmpty()) {
            return code;
        }
        return Stream.of(description.split(" ", -1)).map(Writing::calm).collect(Collectors.joining(" "));
    }

    private static String calm(String word) {
        String bare = word.replaceAll("[^A-Z]", "");
        if (!word.equals(word.toUpperCase(Locale.ROOT)) || ABBREVIATIONS.contains(bare)) {
            return word;
        }
        StringBuilder calm = new StringBuilder(word.toLowerCase(Locale.ROOT));
        boolean start = true;
        for (int i = 0; i < calm.length(); i++) {
            char c = calm.charAt(i);
            if (start && Character.isLetter(c)) {
                calm.setCharAt(i, Character.toUpperCase(c));
            }
            start = !Character.isLetterOrDigit(c) && c != '\'';
        }
        return calm.toString();
    }

    public String phone(JsonNode phone) {
        return leaf(phone, "prefix") + leaf(phone, "areacode") + " "
                + leaf(phone, "nbr").replaceAll("^(\\d{4})(\\d{4})$", "$1 $2");
    }

    public String yearsAndMonths(JsonNode time) {
        return measures(
                measure(time.path("years").path("value").asLong(), MeasureUnit.YEAR),
                measure(time.path("months").path("value").asLong(), MeasureUnit.MONTH));
    }

    public String address(JsonNode address) {
        String unit = leaf(address, "floor").isEmpty() && leaf(address, "unit").isEmpty()
                ? ""
                : "#" + leaf(address, "floor") + "-" + leaf(address, "unit");
        String country = described("", address.path("country").path("desc").asText(""));
        String street = join(" ", leaf(address, "block"), calmly(leaf(address, "street")), unit);
        String place = join(" ", country, leaf(address, "postal"));
        return join(
                ", ",
                street,
                calmly(leaf(address, "building")),
                calmly(leaf(address, "line1")),
                calmly(leaf(address, "line2")),
                place);
    }

    /** A length of time, exactly; hours count up to two days. */
    public String length(Duration duration) {
        long days = duration.compareTo(Duration.ofDays(2)) < 0 ? 0 : duration.toDays();
        Duration rest = duration.minusDays(days);
        return measures(
                measure(days, MeasureUnit.DAY),
                measure(rest.toHours(), MeasureUnit.HOUR),
                measure(rest.toMinutesPart(), MeasureUnit.MINUTE),
                measure(rest.toSecondsPart(), MeasureUnit.SECOND));
    }

    public String length(Period period) {
        return measures(
                measure(period.getYears(), MeasureUnit.YEAR),
                measure(period.getMonths(), MeasureUnit.MONTH),
                measure(period.getDays(), MeasureUnit.DAY));
    }

    /** How long to wait, in one unit: never less than it takes, and never no time at all. */
    public String wait(Duration duration) {
        long seconds = Math.max(1, duration.plusNanos(999_999_999).toSeconds());
        if (seconds < 60) {
            return measures(measure(seconds, MeasureUnit.SECOND));
        }
        long minutes = Math.ceilDiv(seconds, 60);
        if (minutes < 60) {
            return measures(measure(minutes, MeasureUnit.MINUTE));
        }
        long hours = Math.ceilDiv(seconds, 3600);
        return hours < 48
                ? measures(measure(hours, MeasureUnit.HOUR))
                : measures(measure(Math.ceilDiv(seconds, 86_400), MeasureUnit.DAY));
    }

    private static Measure measure(long count, MeasureUnit unit) {
        return new Measure(count, unit);
    }

    /** Those that there are; none of the smallest unit where there is nothing. */
    private String measures(Measure... all) {
        List<Measure> some =
                Stream.of(all).filter(each -> each.getNumber().longValue() != 0).toList();
        return MeasureFormat.getInstance(language.formats(), MeasureFormat.FormatWidth.WIDE)
                .formatMeasures(some.isEmpty() ? new Measure[] {all[all.length - 1]} : some.toArray(Measure[]::new));
    }

    private String calmly(String text) {
        return described("", text);
    }

    private static String leaf(JsonNode object, String member) {
        return object.path(member).path("value").asText("");
    }

    private static String join(String separator, String... parts) {
        return List.of(parts).stream().filter(part -> !part.isBlank()).collect(Collectors.joining(separator));
    }
}
