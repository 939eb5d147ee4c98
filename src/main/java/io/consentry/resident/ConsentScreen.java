package io.consentry.resident;

import io.consentry.authorization.AmendmentView;
import io.consentry.authorization.Interaction;
import io.consentry.authorization.Presentation;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

        static native TemplateInstance consent(
                Party party, Promise promise, Asked asked, @Nullable Changes changes, String action, String csrf);
    }

    /**
     * Who asks.
     *
     * @param doubtful whether the name may be taken for another's
     */
    record Party(String name, String legalName, String clientId, boolean doubtful) {}

    /** For what, how long, and until when there is time to answer. */
    record Promise(String purpose, String access, String storage, String decideBy) {}

    /** What would be different from what is shared so far; each a list of labels, empty when there is none. */
    record Changes(String added, String removed, String kept, String until, String newUntil) {}

    Response show(Interaction interaction, Presentation presented, SignedIn who, Set<AttributeName> chosen) {
        RegisteredClient client = clients.find(interaction.clientId())
                .orElseThrow(() -> new IllegalStateException("a request is of a client that is not registered"));
        Asked asked = cards.of(presented.person(), presented.terms(), chosen(interaction, chosen));
        String page = Templates.consent(
                        party(client),
                        promise(interaction, presented.terms().purpose()),
                        asked,
                        interaction.amendment().map(this::changes).orElse(null),
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

    /** What the person had selected before, until they select anew. */
    private static Set<AttributeName> chosen(Interaction interaction, Set<AttributeName> chosen) {
        return chosen.isEmpty()
                ? interaction
                        .amendment()
                        .<Set<AttributeName>>map(AmendmentView::kept)
                        .orElse(chosen)
                : chosen;
    }

    private Changes changes(AmendmentView amendment) {
        return new Changes(
                labels(amendment.added()),
                labels(amendment.removed()),
                labels(amendment.kept()),
                writing.time(amendment.previousExpiry()),
                writing.time(amendment.newExpiry()));
    }

    private String labels(Set<AttributeName> names) {
        return catalogue.inOrder(names).stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map(attribute -> attribute.label(locale))
                .collect(Collectors.joining(", "));
    }

    private Party party(RegisteredClient client) {
        return new Party(client.name(), client.legalName(), client.id().value(), names.isDoubtful(client));
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
