package io.consentry.source;

import static io.consentry.source.Dates.date;
import static io.consentry.source.Notation.ISO;
import static io.consentry.source.Texts.text;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The register of marriages (MSF). There is no spouse in it; who is single has empty particulars. */
@Singleton
final class MsfSource implements Source {

    private static final Layout LAYOUT =
            new Layout("personId", "recordedOn", ISO, "registration", "NONE", "NOT_APPLICABLE", "PARTIAL");

    private final MsfApi api;
    private final List<Item> items;

    MsfSource(@RestClient MsfApi api, CodeTables tables) {
        this.api = api;
        this.items = List.of(
                Item.of("marital", "register.status", tables.of("MaritalStatus")),
                Item.of("marriagecertno", "register.certificateNo", text()),
                Item.of("countryofmarriage", "register.country", tables.of("CountryPlace")),
                Item.of("marriagedate", "register.solemnisedOn", date(ISO)),
                Item.of("divorcedate", "register.dissolvedOn", date(ISO)));
    }

    @Override
    public SourceId id() {
        return SourceId.MSF;
    }

    @Override
    public String name() {
        return "msf";
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
        return api.lookUp(new MsfApi.Request(person.value(), members));
    }
}
