package io.consentry.sandbox;

import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.developer.Showcase;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.consentry.wording.Language;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** The sandbox on the front door. */
@ApplicationScoped
@LookupIfProperty(name = "consentry.mode", stringValue = "sandbox")
class SandboxShowcase implements Showcase {

    private final Settings settings;
    private final People people;
    private final ReadyClients ready;
    private final Clients clients;
    private final Catalogue catalogue;
    private final Language language;

    SandboxShowcase(
            Settings settings,
            People people,
            ReadyClients ready,
            Clients clients,
            Catalogue catalogue,
            Language language) {
        this.settings = settings;
        this.people = people;
        this.ready = ready;
        this.clients = clients;
        this.catalogue = catalogue;
        this.language = language;
    }

    @Override
    public URI bank() {
        return URI.create(settings.loopbackUrl() + "/bank");
    }

    @Override
    public URI signIn() {
        return URI.create(settings.baseUrl() + "/sandbox/sign-in?return_to=/me");
    }

    @Override
    public List<Resident> residents() {
        return people.all().stream()
                .map(person -> new Resident(person.uinfin().value(), person.name(), person.tags(), person.summary()))
                .toList();
    }

    @Override
    public List<Organisation> organisations() {
        return ready.all().stream().map(this::organisation).toList();
    }

    private Organisation organisation(ReadyClient client) {
        int attributes = clients.find(new ClientId(client.clientId()))
                .map(found -> found.scope().size())
                .orElse(0);
        String purpose = catalogue
                .purpose(client.purpose())
                .map(found -> found.title(language.locale()))
                .orElse("");
        return new Organisation(client.clientId(), client.clientName(), purpose, attributes);
    }
}
