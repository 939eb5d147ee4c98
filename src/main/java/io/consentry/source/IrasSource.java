package io.consentry.source;

import static io.consentry.source.Decoders.number;
import static io.consentry.source.Decoders.record;
import static io.consentry.source.Decoders.records;
import static io.consentry.source.Decoders.under;
import static io.consentry.source.Decoders.value;
import static io.consentry.source.Decoders.yesNo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Assessments and property tax (IRAS). Only finalised assessments are told; who has none has no record. Private
 * property is yes, no or no record.
 */
@Singleton
final class IrasSource implements Source {

    private static final Layout LAYOUT = new Layout(
            "taxRefNo", "postedOn", DateTimeFormatter.BASIC_ISO_DATE, "outcome", "NIL", "NOT_APPLICABLE", "PARTIAL");

    private final IrasApi api;
    private final List<Item> items = List.of(
            Item.of("noa-basic", "latest.total", record(Total.class, IrasSource::total)),
            Item.of("noa", "latest.assessment", record(Assessment.class, IrasSource::assessment)),
            Item.of("noahistory-basic", "years.totals", under("noas", records(Total.class, IrasSource::total))),
            Item.of(
                    "noahistory",
                    "years.assessments",
                    under("noas", records(Assessment.class, IrasSource::assessment))),
            Item.of("ownerprivate", "property.ownsPrivate", yesNo()));

    IrasSource(@RestClient IrasApi api) {
        this.api = api;
    }

    @Override
    public SourceId id() {
        return SourceId.IRAS;
    }

    @Override
    public String name() {
        return "iras";
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
        return api.taxFile(new IrasApi.Request(person.value(), members));
    }

    private static JsonNode total(Total told) {
        return year(told.assessable(), told.ya());
    }

    private static JsonNode assessment(Assessment told) {
        ObjectNode node = year(told.assessable(), told.ya());
        node.set("employment", number(told.employment()));
        node.set("trade", number(told.trade()));
        node.set("rent", number(told.rent()));
        node.set("interest", number(told.interest()));
        node.set("taxclearance", value(told.clearance() ? "Y" : "N"));
        node.set("category", value(told.type()));
        return node;
    }

    private static ObjectNode year(BigDecimal amount, String year) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("amount", number(amount));
        node.set("yearofassessment", value(year));
        return node;
    }

    private record Total(String ya, BigDecimal assessable) {}

    private record Assessment(
            String ya,
            String type,
            boolean clearance,
            BigDecimal assessable,
            BigDecimal employment,
            BigDecimal trade,
            BigDecimal rent,
            BigDecimal interest) {}
}
