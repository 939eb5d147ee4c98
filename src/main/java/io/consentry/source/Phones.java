package io.consentry.source;

import static io.consentry.source.Values.value;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * Phone numbers in E.164 ({@code +447700900123}), split behind the calling code that the ITU has given out ({@code 44}).
 * Whether a number is in use is nobody's business here: new ranges open faster than tables follow.
 */
final class Phones {

    private static final PhoneNumberUtil TABLE = PhoneNumberUtil.getInstance();

    private Phones() {}

    static Decoder e164() {
        return told -> {
            PhoneNumber number = parsed(Texts.read(told));
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set("prefix", value("+"));
            node.set("areacode", value(String.valueOf(number.getCountryCode())));
            // Not its number as such, which drops the zero that numbers in Italy begin with.
            node.set("nbr", value(TABLE.getNationalSignificantNumber(number)));
            return node;
        };
    }

    /** The parser takes a number as people dial it, and drops what it takes for a trunk prefix: no digit may be lost. */
    private static PhoneNumber parsed(String text) {
        try {
            if (text.matches("\\+[1-9][0-9]{6,14}")) {
                PhoneNumber number = TABLE.parse(text, null);
                if (TABLE.format(number, PhoneNumberFormat.E164).equals(text)) {
                    return number;
                }
            }
        } catch (NumberParseException e) {
            // Falls through: the parser's message may quote a personal value.
        }
        throw new MalformedValue();
    }
}
