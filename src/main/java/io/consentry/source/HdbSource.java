package io.consentry.source;

import static io.consentry.source.Decoders.amountText;
import static io.consentry.source.Decoders.count;
import static io.consentry.source.Decoders.date;
import static io.consentry.source.Decoders.record;
import static io.consentry.source.Decoders.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Flats (HDB). Writes dates day first, and amounts as texts with two decimals. */
@Singleton
final class HdbSource implements Source {

    private static final DateTimeFormatter DAY_FIRST =
            DateTimeFormatter.ofPattern("dd/MM/uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final Layout LAYOUT =
            new Layout("ownerNric", "extractDate", DAY_FIRST, "result", "NIL", "NOT_HDB", "PARTIAL");

    private final HdbApi api;
    private final List<Item> items;

    HdbSource(@RestClient HdbApi api, Codes codes, Addresses addresses) {
        this.api = api;
        this.items = List.of(
                Item.of("hdbtype", "residence.flatType", codes.of("HDBType")),
                Item.of("hdbownership.noofowners", "flats.owners", count()),
                Item.of("hdbownership.address", "flats.location", record(Addresses.Local.class, addresses::local)),
                Item.of("hdbownership.hdbtype", "flats.flatType", codes.of("HDBType")),
                Item.of("hdbownership.leasecommencementdate", "flats.leaseStart", date(DAY_FIRST)),
                Item.of("hdbownership.termoflease", "flats.leaseYears", count()),
                Item.of("hdbownership.dateofpurchase", "flats.purchasedOn", date(DAY_FIRST)),
                Item.of("hdbownership.dateofownershiptransfer", "flats.transferredOn", date(DAY_FIRST)),
                Item.of("hdbownership.loangranted", "flats.loanGranted", amountText()),
                Item.of("hdbownership.originalloanrepayment", "flats.loanYears", count()),
                Item.of("hdbownership.balanceloanrepayment", "flats.loanLeft", record(Left.class, HdbSource::left)),
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

    private static JsonNode left(Left told) {
        var node = JsonNodeFactory.instance.objectNode();
        node.set("years", whole(told.months() / 12));
        node.set("months", whole(told.months() % 12));
        return node;
    }

    /** What is left of a loan, in months. */
    private record Left(int months) {}
}
