package io.consentry.source;

import static io.consentry.source.Dates.date;
import static io.consentry.source.Dates.dateTime;
import static io.consentry.source.Dates.yearOrNone;
import static io.consentry.source.Numbers.amount;
import static io.consentry.source.Numbers.count;
import static io.consentry.source.Numbers.measure;
import static io.consentry.source.Texts.text;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Vehicles and vocational licences (LTA). Writes months by name, {@code 04-May-2026}. */
@Singleton
final class LtaSource implements Source {

    private static final Notation MONTH_BY_NAME = Notation.days("dd-MMM-uuuu");
    private static final Layout LAYOUT = new Layout(
            "ownerId", "recordDate", MONTH_BY_NAME, "recordState", "NO_LICENCE", "NOT_APPLICABLE", "PARTIAL");

    /** Kilograms and cubic centimetres of any vehicle on a road. */
    private static final long MOST = 1_000_000;

    private final LtaApi api;
    private final List<Item> items = new ArrayList<>();

    LtaSource(@RestClient LtaApi api, CodeTables tables) {
        this.api = api;
        identification();
        registration(tables);
        looks();
        emissions();
        List.of("tdvl", "pdvl", "bdvl", "bavl", "odvl").forEach(licence -> licence(licence, tables));
    }

    @Override
    public SourceId id() {
        return SourceId.LTA;
    }

    @Override
    public String name() {
        return "lta";
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public List<Item> items() {
        return List.copyOf(items);
    }

    @Override
    public InputStream ask(NationalId person, Set<String> members) {
        return api.ownership(new LtaApi.Request(person.value(), members));
    }

    private void identification() {
        vehicle("vehicleno", "regNo", text());
        vehicle("type", "vehicleType", text());
        vehicle("iulabelno", "iuLabel", text());
        vehicle("make", "make", text());
        vehicle("model", "model", text());
        vehicle("chassisno", "chassis", text());
        vehicle("engineno", "engine", text());
        vehicle("motorno", "motor", text());
        vehicle("yearofmanufacture", "madeIn", yearOrNone());
        vehicle("vpc", "parkingCertificate", text());
    }

    private void registration(CodeTables tables) {
        vehicle("firstregistrationdate", "firstRegistered", date(MONTH_BY_NAME));
        vehicle("originalregistrationdate", "originallyRegistered", date(MONTH_BY_NAME));
        vehicle("coecategory", "coeCategory", text());
        vehicle("coeexpirydate", "coeExpiry", date(MONTH_BY_NAME));
        vehicle("roadtaxexpirydate", "roadTaxExpiry", date(MONTH_BY_NAME));
        vehicle("quotapremium", "quotaPremium", amount());
        vehicle("openmarketvalue", "openMarketValue", amount());
        vehicle("minimumparfbenefit", "minimumParf", amount());
        vehicle("nooftransfers", "transfers", count(999));
        vehicle("effectiveownership", "ownedSince", dateTime());
        vehicle("scheme", "scheme", text());
        vehicle("status", "state", tables.of("VehicleStatus"));
    }

    private void looks() {
        vehicle("primarycolour", "colour", text());
        vehicle("secondarycolour", "secondColour", text());
        vehicle("attachment1", "attachment1", text());
        vehicle("attachment2", "attachment2", text());
        vehicle("attachment3", "attachment3", text());
        vehicle("maximumunladenweight", "unladenKg", count(MOST));
        vehicle("maximumladenweight", "ladenKg", count(MOST));
    }

    private void emissions() {
        vehicle("propellant", "propellant", text());
        vehicle("enginecapacity", "capacityCc", count(MOST));
        vehicle("powerrate", "powerKw", measure());
        vehicle("co2emission", "emissionCarbonDioxide", measure());
        vehicle("coemission", "emissionCarbonMonoxide", measure());
        vehicle("thcemission", "emissionHydrocarbons", measure());
        vehicle("noxemission", "emissionNitrogenOxides", measure());
        vehicle("pmemission", "emissionParticles", measure());
    }

    private void vehicle(String attribute, String member, Decoder decoder) {
        items.add(Item.of("vehicles." + attribute, "vehicles." + member, decoder));
    }

    private void licence(String kind, CodeTables tables) {
        String attribute = "ltavocationallicences." + kind;
        items.add(Item.of(attribute + ".licencename", kind + ".title", text()));
        items.add(Item.of(attribute + ".vocationallicencenumber", kind + ".licenceNo", text()));
        items.add(Item.of(attribute + ".expirydate", kind + ".validTo", date(MONTH_BY_NAME)));
        items.add(Item.of(attribute + ".status", kind + ".state", tables.of("VocationalLicenceStatus")));
    }
}
