package io.consentry.source;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data of another type or notation is refused, never bent into shape. */
class DecodersTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, Decoder> DECODERS = Map.of(
            "text", Decoders.text(),
            "date", Decoders.date(ISO_LOCAL_DATE),
            "partialDate", Decoders.partialDate(),
            "dateTime", Decoders.dateTime(),
            "count", Decoders.count(),
            "amount", Decoders.amount(),
            "amountText", Decoders.amountText(),
            "cents", Decoders.cents(),
            "yesNo", Decoders.yesNo(),
            "record", Decoders.record(Sample.class, sample -> Decoders.value(sample.word() + sample.number())));

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
                "partialDate, `\"195\"`",
                "partialDate, `\"1950-13\"`",
                "partialDate, `\"\"`",
                "dateTime, `\"2026-05-04\"`",
                "count, 1.0",
                "count, `\"1\"`",
                "count, 99999999999999999999",
                "amount, `\"1.00\"`",
                "amountText, 1.00",
                "amountText, `\"1\"`",
                "amountText, `\"-1.00\"`",
                "amountText, `\"1e9\"`",
                "cents, 1.5",
                "cents, `\"150\"`",
                "yesNo, true",
                "yesNo, `\"y\"`",
                "record, `{\"word\":\"a\"}`",
                "record, `{\"word\":\"a\",\"number\":null}`",
                "record, `{\"word\":null,\"number\":1}`",
                "record, `{\"word\":1,\"number\":1}`",
                "record, `{\"word\":\"a\",\"number\":\"1\"}`",
                "record, `{\"word\":\"a\",\"number\":1.5}`",
                "record, `{\"word\":\"a\",\"number\":1,\"more\":2}`",
                "record, `[]`",
            })
    void dataOfAnotherFormIsMalformed(String decoder, String told) throws JsonProcessingException {
        JsonNode node = JSON.readTree(told);

        assertThatExceptionOfType(SourceFailure.class)
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
                "record, `{\"word\":\"a\",\"number\":1}`, `{\"value\":\"a1\"}`",
            })
    void dataAsAgreedBecomesMyinfosForm(String decoder, String told, String expected) throws JsonProcessingException {
        JsonNode decoded = decoder(decoder).decode(JSON.readTree(told));

        assertThat(decoded.toString()).isEqualTo(expected);
    }

    private static Decoder decoder(String name) {
        return Objects.requireNonNull(DECODERS.get(name));
    }

    private record Sample(String word, int number) {}
}
