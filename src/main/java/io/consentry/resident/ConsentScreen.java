package io.consentry.resident;

import io.consentry.authorization.Interaction;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.http.ContentPolicy;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.AttributeName;
import io.consentry.resident.Resident.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Set;

/** The consent page itself, for a request that is open and before the person who asks for it. */
@ApplicationScoped
class ConsentScreen {

    private final Clients clients;
    private final ClientName names;
    private final Catalogue catalogue;
    private final AskedCards cards;
    private final SameOrigin sameOrigin;
    private final Writing writing;
    private final Locale locale = Locale.ENGLISH;

    ConsentScreen(
            Clients clients,
            ClientName names,
            Catalogue catalogue,
            AskedCards cards,
            SameOrigin sameOrigin,
            ValueMessages words) {
        this.clients = clients;
        this.names = names;
        this.catalogue = catalogue;
        this.cards = cards;
        this.sameOrigin = sameOrigin;
        this.writing = new Writing(locale, words);
    }

    @CheckedTemplate(basePath = "resident")
    static class Templates {

        private Templates() {}

        static native TemplateInstance consent(Party party, Promise promise, Asked asked, String action, String csrf);
    }

    /**
     * Who asks.
     *
     * @param doubtful whether the name may be taken for another's
     * @param message what it says to the person, in its own words; empty when nothing
     */
    record Party(String name, String legalName, String clientId, boolean doubtful, String message) {

        @Override
        public String toString() {
            return "Party[" + clientId + "]";
        }
    }

    /** For what, how long, and until when there is time to answer. */
    record Promise(String purpose, String access, String storage, String decideBy) {}

    Response show(Interaction interaction, Consent.Presented presented, SignedIn who, Set<AttributeName> chosen) {
        RegisteredClient client = clients.find(interaction.clientId())
                .orElseThrow(() -> new IllegalStateException("a request is of a client that is not registered"));
        Asked asked = cards.of(presented.person(), presented.terms(), chosen);
        String page = Templates.consent(
                        party(client, interaction),
                        promise(interaction, presented.terms().purpose()),
                        asked,
                        "/consent/" + interaction.id(),
                        sameOrigin.token(who.handle().value()))
                .render();
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        return Response.ok(page)
                .cacheControl(noStore)
                .header("Content-Security-Policy", ContentPolicy.formMayEndAt(interaction.redirectUri()))
                .build();
    }

    private Party party(RegisteredClient client, Interaction interaction) {
        return new Party(
                client.name(),
                client.legalName(),
                client.id().value(),
                names.isDoubtful(client),
                interaction.message().orElse(""));
    }

    private Promise promise(Interaction interaction, PurposeVersion id) {
        Purpose purpose =
                catalogue.purpose(id).orElseThrow(() -> new IllegalStateException("a request is for no known purpose"));
        return new Promise(
                purpose.sentence(locale),
                writing.length(purpose.accessPeriod()),
                writing.length(purpose.retentionPeriod()),
                writing.time(interaction.decideBy()));
    }
}
