package io.consentry.source;

import static io.consentry.source.Composites.each;
import static io.consentry.source.Composites.part;
import static io.consentry.source.Composites.parts;
import static io.consentry.source.Dates.date;
import static io.consentry.source.Numbers.count;
import static io.consentry.source.Texts.filled;
import static io.consentry.source.Texts.text;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Driving licences (Traffic Police). Writes dates as {@code 04.05.2026}; who never held a licence has no record. */
@Singleton
final class TpSource implements Source {

    private static final Notation DOTTED = Notation.days("dd.MM.uuuu");
    private static final Layout LAYOUT =
            new Layout("idNumber", "asOf", DOTTED, "holding", "NEVER_HELD", "NOT_APPLICABLE", "PARTIAL");

    private final TpApi api;
    private final List<Item> items;

    TpSource(@RestClient TpApi api, CodeTables tables) {
        this.api = api;
        Decoder validity = tables.of("DrivingLicenceValidity");
        this.items = List.of(
                Item.of("drivinglicence.comstatus", "licence.meritCertificate", tables.of("ComStatus")),
                Item.of("drivinglicence.totaldemeritpoints", "licence.demeritPoints", count(999)),
                Item.of("drivinglicence.suspension.startdate", "licence.suspendedFrom", date(DOTTED)),
                Item.of("drivinglicence.suspension.enddate", "licence.suspendedTo", date(DOTTED)),
                Item.of("drivinglicence.disqualification.startdate", "licence.disqualifiedFrom", date(DOTTED)),
                Item.of("drivinglicence.disqualification.enddate", "licence.disqualifiedTo", date(DOTTED)),
                Item.of("drivinglicence.revocation.startdate", "licence.revokedFrom", date(DOTTED)),
                Item.of("drivinglicence.revocation.enddate", "licence.revokedTo", date(DOTTED)),
                Item.of("drivinglicence.pdl.validity", "licence.provisionalState", validity),
                Item.of("drivinglicence.pdl.expirydate", "licence.provisionalExpiry", date(DOTTED)),
                Item.of(
                        "drivinglicence.pdl.classes",
                        "licence.provisionalClasses",
                        each(parts(part("class", "licenceClass", filled())))),
                Item.of("drivinglicence.qdl.validity", "licence.qualifiedState", validity),
                Item.of("drivinglicence.qdl.expirydate", "licence.qualifiedExpiry", date(DOTTED)),
                Item.of(
                        "drivinglicence.qdl.classes",
                        "licence.qualifiedClasses",
                        each(parts(
                                part("class", "licenceClass", filled()), part("issuedate", "issuedOn", date(DOTTED))))),
                Item.of("drivinglicence.photocardserialno", "licence.photocardSerial", text()));
    }

    @Override
    public SourceId id() {
        return SourceId.TP;
    }

    @Override
    public String name() {
        return "tp";
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
        return api.status(new TpApi.Request(person.value(), members));
    }
}
