package io.consentry.source;

import static io.consentry.source.Composites.each;
import static io.consentry.source.Composites.part;
import static io.consentry.source.Composites.parts;
import static io.consentry.source.Dates.date;
import static io.consentry.source.Dates.partialDate;
import static io.consentry.source.Dates.timeOfDay;
import static io.consentry.source.Notation.ISO;
import static io.consentry.source.Texts.filled;
import static io.consentry.source.Texts.identityNumber;
import static io.consentry.source.Texts.maskedIdentityNumber;
import static io.consentry.source.Texts.oneOf;
import static io.consentry.source.Texts.text;
import static io.consentry.source.Texts.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The register of persons, passes and births (ICA and MOM). Dates are ISO; codes come without their meaning. */
@Singleton
final class IcaSource implements Source {

    private static final Layout LAYOUT =
            new Layout("idNo", "asAt", ISO, "recordStatus", "NOT_ON_FILE", "NOT_APPLICABLE", "NUMBER_ONLY");

    private static final String NUMBER = "person.nricFin";

    private final IcaApi api;
    private final CodeTables tables;
    private final Addresses addresses;
    private final List<Item> items = new ArrayList<>();

    IcaSource(@RestClient IcaApi api, CodeTables tables, Addresses addresses) {
        this.api = api;
        this.tables = tables;
        this.addresses = addresses;
        person();
        passes();
        names("childrenbirthrecords", "births");
        births();
        names("sponsoredchildrenrecords", "sponsoredChildren");
        sponsored();
    }

    @Override
    public SourceId id() {
        return SourceId.ICA_MOM;
    }

    @Override
    public String name() {
        return "ica";
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
    public Optional<String> personsNumber() {
        return Optional.of(NUMBER);
    }

    @Override
    public InputStream ask(NationalId person, Set<String> members) {
        return api.enquire(new IcaApi.Request(person.value(), members));
    }

    private void person() {
        items.add(Item.of("uinfin", NUMBER, identityNumber()));
        items.add(Item.of("partialuinfin", NUMBER, maskedIdentityNumber()));
        items.add(Item.of("name", "person.principalName", filled()));
        items.add(Item.of("hanyupinyinname", "person.hanyuPinyinName", text()));
        items.add(Item.of("aliasname", "person.aliasName", text()));
        items.add(Item.of("hanyupinyinaliasname", "person.hanyuPinyinAliasName", text()));
        items.add(Item.of("marriedname", "person.marriedName", text()));
        items.add(Item.of("sex", "person.sex", tables.of("Sex")));
        items.add(Item.of("race", "person.race", tables.of("Race")));
        items.add(Item.of("secondaryrace", "person.secondaryRace", tables.of("Race")));
        items.add(Item.of("dialect", "person.dialect", tables.of("Dialect")));
        items.add(Item.of("nationality", "person.nationality", tables.of("NationalityCitizenship")));
        items.add(Item.of("dob", "person.birthDate", partialDate()));
        items.add(Item.of("birthcountry", "person.birthPlace", tables.of("CountryPlace")));
        items.add(Item.of("residentialstatus", "person.residentialStatus", tables.of("Residential")));
        items.add(Item.of("regadd", "person.registeredAddress", address()));
    }

    private void passes() {
        items.add(Item.of("passportnumber", "passport.number", text()));
        items.add(Item.of("passportexpirydate", "passport.expiryDate", date(ISO)));
        items.add(Item.of("occupation", "workPass.occupation", text()));
        items.add(Item.of("employment", "workPass.employer", text()));
        items.add(Item.of("passtype", "workPass.passType", tables.of("PassType")));
        items.add(Item.of("passstatus", "workPass.passStatus", oneOf("Live", "Approved", "")));
        items.add(Item.of("passexpirydate", "workPass.expiryDate", date(ISO)));
        items.add(Item.of("employmentsector", "workPass.sector", text()));
    }

    /** What records of births and of sponsored children have in common. */
    private void names(String list, String group) {
        items.add(Item.of(list + ".name", group + ".principalName", text()));
        items.add(Item.of(list + ".hanyupinyinname", group + ".hanyuPinyinName", text()));
        items.add(Item.of(list + ".aliasname", group + ".aliasName", text()));
        items.add(Item.of(list + ".hanyupinyinaliasname", group + ".hanyuPinyinAliasName", text()));
        items.add(Item.of(list + ".marriedname", group + ".marriedName", text()));
        items.add(Item.of(list + ".sex", group + ".sex", tables.of("Sex")));
        items.add(Item.of(list + ".race", group + ".race", tables.of("Race")));
        items.add(Item.of(list + ".secondaryrace", group + ".secondaryRace", tables.of("Race")));
        items.add(Item.of(list + ".dialect", group + ".dialect", tables.of("Dialect")));
        items.add(Item.of(list + ".lifestatus", group + ".lifeStatus", tables.of("LifeStatus")));
        items.add(Item.of(list + ".dob", group + ".birthDate", partialDate()));
        items.add(Item.of(list + ".vaccinationrequirements", group + ".vaccinations", each(vaccination())));
    }

    private void births() {
        items.add(Item.of("childrenbirthrecords.birthcertno", "births.certificateNo", text()));
        items.add(Item.of("childrenbirthrecords.tob", "births.birthTime", timeOfDay()));
        items.add(Item.of("childrenbirthrecords.sgcitizenatbirthind", "births.citizenAtBirth", oneOf("Y", "N", "")));
    }

    private void sponsored() {
        String list = "sponsoredchildrenrecords";
        items.add(Item.of(list + ".nric", "sponsoredChildren.nricFin", text()));
        items.add(Item.of(list + ".birthcountry", "sponsoredChildren.birthPlace", tables.of("CountryPlace")));
        items.add(
                Item.of(list + ".residentialstatus", "sponsoredChildren.residentialStatus", tables.of("Residential")));
        items.add(Item.of(list + ".nationality", "sponsoredChildren.nationality", tables.of("NationalityCitizenship")));
        items.add(Item.of(list + ".scprgrantdate", "sponsoredChildren.grantDate", date(ISO)));
    }

    private Decoder address() {
        Decoder both = parts(
                part("kind", "kind", oneOf("LOCAL", "OVERSEAS")),
                part("LOCAL", "local", addresses.local()),
                part("OVERSEAS", "overseas", addresses.unformatted()));
        return told -> {
            JsonNode read = both.decode(told);
            return read.get(read.at("/kind/value").textValue());
        };
    }

    private Decoder vaccination() {
        return parts(
                part("requirement", "requirement", tables.given("ChildVaccReq")), part("fulfilled", "met", truth()));
    }
}
