package io.consentry.source;

import static io.consentry.source.Notation.ISO;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Private dwellings (URA). Who lives in a flat of HDB's is out of its scope. */
@Singleton
final class UraSource implements Source {

    private static final Layout LAYOUT =
            new Layout("occupierId", "updated", ISO, "match", "NONE", "PUBLIC_HOUSING", "PARTIAL");

    private final UraApi api;
    private final List<Item> items;

    UraSource(@RestClient UraApi api, CodeTables tables) {
        this.api = api;
        this.items = List.of(Item.of("housingtype", "dwelling.typeCode", tables.of("HousingType")));
    }

    @Override
    public SourceId id() {
        return SourceId.URA;
    }

    @Override
    public String name() {
        return "ura";
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
        return api.byOccupier(new UraApi.Request(person.value(), members));
    }
}
