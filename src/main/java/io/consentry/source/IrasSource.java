package io.consentry.source;

import static io.consentry.source.Composites.each;
import static io.consentry.source.Composites.part;
import static io.consentry.source.Composites.parts;
import static io.consentry.source.Composites.under;
import static io.consentry.source.Dates.year;
import static io.consentry.source.Numbers.amount;
import static io.consentry.source.Texts.oneOf;
import static io.consentry.source.Texts.truth;
import static io.consentry.source.Texts.yesNo;
import static io.consentry.source.Values.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
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
            "taxRefNo", "postedOn", Notation.days("uuuuMMdd"), "outcome", "NIL", "NOT_APPLICABLE", "PARTIAL");

    private static final Decoder TOTAL =
            parts(part("amount", "assessable", amount()), part("yearofassessment", "ya", year()));
    private static final Decoder ASSESSMENT = parts(
            part("amount", "assessable", amount()),
            part("yearofassessment", "ya", year()),
            part("employment", "employment", amount()),
            part("trade", "trade", amount()),
            part("rent", "rent", amount()),
            part("interest", "interest", amount()),
            part("taxclearance", "clearance", told -> clearance(truth().decode(told))),
            part("category", "type", oneOf("ORIGINAL", "AMENDED", "ADDITIONAL", "REPAYMENT")));

    private final IrasApi api;
    private final List<Item> items = List.of(
            Item.of("noa-basic", "latest.total", TOTAL),
            Item.of("noa", "latest.assessment", ASSESSMENT),
            Item.of("noahistory-basic", "years.totals", under("noas", each(TOTAL))),
            Item.of("noahistory", "years.assessments", under("noas", each(ASSESSMENT))),
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

    private static JsonNode clearance(JsonNode given) {
        return value(given.path("value").booleanValue() ? "Y" : "N");
    }
}
