package io.consentry.source;

import static io.consentry.source.Decoders.text;
import static io.consentry.source.Decoders.textOf;
import static io.consentry.source.Decoders.value;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Contact details that a person verified with Singpass: numbers in E.164, instants of verification with offset. */
@Singleton
final class SingpassSource implements Source {

    private static final Layout LAYOUT =
            new Layout("uin", "verifiedAt", ISO_OFFSET_DATE_TIME, "state", "ABSENT", "NOT_APPLICABLE", "PARTIAL");

    /**
     * Singapore's calling code; the number behind it has eight digits. A foreign number is kept whole behind a code of
     * up to three.
     */
    private static final Pattern E164 = Pattern.compile("\\+(65|[1-9][0-9]{0,2})([0-9]{6,12})");

    private final SingpassApi api;
    private final List<Item> items;

    SingpassSource(@RestClient SingpassApi api) {
        this.api = api;
        this.items = List.of(
                Item.of("mobileno", "mobile.e164", SingpassSource::phone), Item.of("email", "email.address", text()));
    }

    @Override
    public SourceId id() {
        return SourceId.SINGPASS;
    }

    @Override
    public String name() {
        return "singpass";
    }

    @Override
    public String provenance() {
        return "4";
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public List<Item> items() {
        return items;
    }

    @Override
    public InputStream ask(NationalId person, Set<String> members) {
        return api.contactDetails(new SingpassApi.Request(person.value(), members));
    }

    private static JsonNode phone(JsonNode told) {
        Matcher number = E164.matcher(textOf(told));
        if (!number.matches()) {
            throw SourceFailure.malformed();
        }
        var node = JsonNodeFactory.instance.objectNode();
        node.set("prefix", value("+"));
        node.set("areacode", value(number.group(1)));
        node.set("nbr", value(number.group(2)));
        return node;
    }
}
