package io.consentry.source;

import static io.consentry.source.Composites.only;
import static io.consentry.source.Dates.date;
import static io.consentry.source.Numbers.amountText;
import static io.consentry.source.Numbers.count;
import static io.consentry.source.Numbers.whole;
import static io.consentry.source.Values.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Flats (HDB). Writes dates day first, and amounts as texts with two decimals. */
@Singleton
final class HdbSource implements Source {

    private static final Notation DAY_FIRST = Notation.days("dd/MM/uuuu");
    private static final Layout LAYOUT =
            new Layout("ownerNric", "extractDate", DAY_FIRST, "result", "NIL", "NOT_HDB", "PARTIAL");

    private static final long MOST_YEARS_OF_LOAN = 99;

    private final HdbApi api;
    private final List<Item> items;

    HdbSource(@RestClient HdbApi api, CodeTables tables, Addresses addresses) {
        this.api = api;
        this.items = List.of(
                Item.of("hdbtype", "residence.flatType", tables.of("HDBType")),
                Item.of("hdbownership.noofowners", "flats.owners", count(99)),
                Item.of("hdbownership.address", "flats.location", addresses.local()),
                Item.of("hdbownership.hdbtype", "flats.flatType", tables.of("HDBType")),
                Item.of("hdbownership.leasecommencementdate", "flats.leaseStart", date(DAY_FIRST)),
                Item.of("hdbownership.termoflease", "flats.leaseYears", count(9999)),
                Item.of("hdbownership.dateofpurchase", "flats.purchasedOn", date(DAY_FIRST)),
                Item.of("hdbownership.dateofownershiptransfer", "flats.transferredOn", date(DAY_FIRST)),
                Item.of("hdbownership.loangranted", "flats.loanGranted", amountText()),
                Item.of("hdbownership.originalloanrepayment", "flats.loanYears", count(MOST_YEARS_OF_LOAN)),
                Item.of("hdbownership.balanceloanrepayment", "flats.loanLeft", only("months", HdbSource::left)),
                Item.of("hdbownership.outstandingloanbalance", "flats.loanBalance", amountText()),
                Item.of("hdbownership.monthlyloaninstalment", "flats.instalment", amountText()),
                Item.of("hdbownership.outstandinginstalment", "flats.arrears", amountText()),
                Item.of("hdbownership.purchaseprice", "flats.price", amountText()));
    }

    @Override
    public SourceId id() {
        return SourceId.HDB;
    }

    @Override
    public String name() {
        return "hdb";
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
        return api.search(new HdbApi.Request(person.value(), members));
    }

    /** What is left of a loan, in months. */
    private static JsonNode left(JsonNode told) {
        long months = whole(told, 12 * MOST_YEARS_OF_LOAN);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("years", value(months / 12));
        node.set("months", value(months % 12));
        return node;
    }
}
