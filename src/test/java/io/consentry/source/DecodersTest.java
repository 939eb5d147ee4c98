package io.consentry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data of another type or notation is refused, never bent into shape. */
class DecodersTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Map<String, Decoder> DECODERS = Map.ofEntries(
            Map.entry("text", Texts.text()),
            Map.entry("filled", Texts.filled()),
            Map.entry("date", Dates.date(Notation.ISO)),
            Map.entry("named", Dates.givenDate(Notation.days("dd-MMM-uuuu"))),
            Map.entry("compact", Dates.date(Notation.days("uuuuMMdd"))),
            Map.entry("partialDate", Dates.partialDate()),
            Map.entry("month", Dates.month()),
            Map.entry("dateTime", Dates.dateTime()),
            Map.entry("timeOfDay", Dates.timeOfDay()),
            Map.entry("count", Numbers.count(100)),
            Map.entry("amount", Numbers.amount()),
            Map.entry("amountText", Numbers.amountText()),
            Map.entry("cents", Numbers.cents()),
            Map.entry("measure", Numbers.measure()),
            Map.entry("yesNo", Texts.yesNo()),
            Map.entry("email", Texts.emailAddress()),
            Map.entry("phone", Phones.e164()),
            Map.entry(
                    "parts",
                    Composites.parts(
                            Composites.part("word", "w", Texts.text()),
                            Composites.part("number", "n", Numbers.count(9)))));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "text, 1",
                "text, true",
                "text, {}",
                "date, `\"2026-02-30\"`",
                "date, `\"04/05/2026\"`",
                "date, 20260504",
                "date, `\"+12026-05-04\"`",
                "date, `\"-2026-05-04\"`",
                "date, `\"0000-05-04\"`",
                "date, `\" 2026-05-04\"`",
                "named, `\"31-Feb-2026\"`",
                "named, `\"04-MAY-2026\"`",
                "named, `\"4-May-2026\"`",
                "named, `\"\"`",
                "compact, `\"20260504Z\"`",
                "compact, `\"20260504+0800\"`",
                "month, `\"202613\"`",
                "month, `\"1202601\"`",
                "month, `\"\"`",
                "timeOfDay, `\"2400\"`",
                "timeOfDay, `\"9:15\"`",
                "text, `\"A\\ud800\"`",
                "text, `\"\\udc00A\"`",
                "text, `\"A\\udc00\\ud800\"`",
                "text, `\"A\ufffd\"`",
                "text, `\"A\\u0000\"`",
                "text, `\"A\\t\"`",
                "text, `\"A\\u0085\"`",
                "text, `\"A\\u2028\"`",
                "text, `\"A\\uffff\"`",
                "filled, `\"  \"`",
                "email, `\"a@b@c\"`",
                "email, `\"@b\"`",
                "phone, `\"80001234\"`",
                "phone, `\"+6580001234x5\"`",
                "phone, `\"+65 8000 1234\"`",
                "phone, `\"tel:+6580001234\"`",
                "phone, `\"+6512\"`",
                "phone, `\"+1234567890123456\"`",
                "phone, `\"+99912345678\"`",
                "phone, `\"+2101234567\"`",
                "phone, `\"+4407700900123\"`",
                "partialDate, `\"195\"`",
                "partialDate, `\"1950-13\"`",
                "partialDate, `\"\"`",
                "dateTime, `\"2026-05-04\"`",
                "dateTime, `\"2026-02-30T09:30:00+08:00\"`",
                "dateTime, `\"2026-05-04T09:30+08:00\"`",
                "dateTime, `\"2026-05-04T24:00:00+08:00\"`",
                "dateTime, `\"2026-05-04T09:30:00\"`",
                "dateTime, `\"2026-05-04T09:30:00+08\"`",
                "count, 1.0",
                "count, `\"1\"`",
                "count, 99999999999999999999",
                "count, -1",
                "count, 101",
                "amount, -0.01",
                "amount, 1.005",
                "amount, 1000000000000",
                "amount, 1e999999999",
                "cents, -1",
                "cents, 100000000000000",
                "measure, -1",
                "measure, 0.0000001",
                "amount, `\"1.00\"`",
                "amountText, 1.00",
                "amountText, `\"1\"`",
                "amountText, `\"-1.00\"`",
                "amountText, `\"1e9\"`",
                "cents, 1.5",
                "cents, `\"150\"`",
                "yesNo, true",
                "yesNo, `\"y\"`",
                "parts, `{\"w\":\"a\"}`",
                "parts, `{\"w\":\"a\",\"n\":null}`",
                "parts, `{\"w\":null,\"n\":1}`",
                "parts, `{\"w\":1,\"n\":1}`",
                "parts, `{\"w\":\"a\",\"n\":\"1\"}`",
                "parts, `{\"w\":\"a\",\"n\":1.5}`",
                "parts, `{\"w\":\"a\",\"n\":1,\"more\":2}`",
                "parts, `[]`",
            })
    void dataOfAnotherFormIsMalformed(String decoder, String told) throws JsonProcessingException {
        JsonNode node = JSON.readTree(told);

        assertThatExceptionOfType(MalformedValue.class)
                .isThrownBy(() -> decoder(decoder).decode(node));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "text, `\"\"`, `{\"value\":\"\"}`",
                "date, `\"\"`, `{\"value\":\"\"}`",
                "date, `\"2026-05-04\"`, `{\"value\":\"2026-05-04\"}`",
                "partialDate, `\"1950\"`, `{\"value\":\"1950\"}`",
                "partialDate, `\"1950-03\"`, `{\"value\":\"1950-03\"}`",
                "count, 2, `{\"value\":2}`",
                "amountText, `\"310000.01\"`, `{\"value\":310000.01}`",
                "cents, 120050, `{\"value\":1200.50}`",
                "cents, 7, `{\"value\":0.07}`",
                "yesNo, `\"N\"`, `{\"value\":false}`",
                "named, `\"04-May-2026\"`, `{\"value\":\"2026-05-04\"}`",
                "month, `\"202605\"`, `{\"value\":\"2026-05\"}`",
                "amount, 78450.0, `{\"value\":78450.00}`",
                "amount, 1e3, `{\"value\":1000.00}`",
                "measure, 0.0004, `{\"value\":0.0004}`",
                "measure, 128.0, `{\"value\":128}`",
                "text, `\"\u9673\u6167\u6587 \\ud83d\\ude00\"`, `{\"value\":\"\u9673\u6167\u6587 \uD83D\uDE00\"}`",
                "parts, `{\"n\":1,\"w\":\"a\"}`, `{\"word\":{\"value\":\"a\"},\"number\":{\"value\":1}}`",
            })
    void dataAsAgreedBecomesMyinfosForm(String decoder, String told, String expected) throws JsonProcessingException {
        JsonNode decoded = decoder(decoder).decode(JSON.readTree(told));

        assertThat(decoded.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "+6580001234, 65, 80001234",
        "+447700900123, 44, 7700900123",
        "+12025550123, 1, 2025550123",
        "+12425550123, 1, 2425550123",
        "+390612345678, 39, 0612345678",
        "+60123456789, 60, 123456789",
        "+8613912345678, 86, 13912345678",
        "+85251234567, 852, 51234567",
        "+79161234567, 7, 9161234567",
        "+78005553535, 7, 8005553535",
        "+77012345678, 7, 7012345678",
        "+919876543210, 91, 9876543210",
        "+5491123456789, 54, 91123456789",
        "+6834002, 683, 4002",
        "+870773111632, 870, 773111632",
        "+8816311123456, 881, 6311123456",
    })
    void aNumberIsSplitBehindTheCallingCodeThatTheItuHasGivenOut(String number, String code, String rest) {
        JsonNode phone = Phones.e164().decode(JsonNodeFactory.instance.textNode(number));

        assertThat(phone.at("/prefix/value").asText()).isEqualTo("+");
        assertThat(phone.at("/areacode/value").asText()).isEqualTo(code);
        assertThat(phone.at("/nbr/value").asText()).isEqualTo(rest);
    }

    private static Decoder decoder(String name) {
        return Objects.requireNonNull(DECODERS.get(name));
    }
}
