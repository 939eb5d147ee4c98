package io.consentry.source;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.NationalId;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Contact details that a person verified with Singpass: numbers in E.164, instants of verification with offset. */
@Singleton
final class SingpassSource implements Source {

    private static final Layout LAYOUT =
            new Layout("uin", "verifiedAt", Notation.instants(), "state", "ABSENT", "NOT_APPLICABLE", "PARTIAL");

    private final SingpassApi api;
    private final List<Item> items;

    SingpassSource(@RestClient SingpassApi api) {
        this.api = api;
        this.items = List.of(
                Item.of("mobileno", "mobile.e164", Phones.e164()),
                Item.of("email", "email.address", Texts.emailAddress()));
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
}
