package io.consentry.approval;

import io.consentry.authorization.AmendmentView;
import io.consentry.authorization.Interaction;
import io.consentry.authorization.InteractionId;
import io.consentry.catalogue.Catalogue;
import io.consentry.client.Clients;
import io.consentry.client.DoubtfulNames;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Shown;
import io.consentry.consent.ShownSeal;
import io.consentry.consent.Terms;
import io.consentry.http.ContentPolicy;
import io.consentry.http.SameOrigin;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.PersonId;
import io.consentry.person.SignedIn;
import io.consentry.wording.Language;
import io.consentry.wording.Promise;
import io.consentry.wording.Promises;
import io.consentry.wording.Writing;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The consent page itself, for a request that is open and before the person who asks for it. */
@ApplicationScoped
class ConsentScreen {

    private final Clients clients;
    private final DoubtfulNames names;
    private final Promises promises;
    private final PreviewCards cards;
    private final ShownWords shownWords;
    private final ShownSeal shownSeal;
    private final SameOrigin sameOrigin;
    private final Catalogue catalogue;
    private final Writing writing;
    private final Language language;

    ConsentScreen(
            Clients clients,
            DoubtfulNames names,
            Promises promises,
            PreviewCards cards,
            ShownWords shownWords,
            ShownSeal shownSeal,
            SameOrigin sameOrigin,
            Catalogue catalogue,
            Writing writing,
            Language language) {
        this.clients = clients;
        this.names = names;
        this.promises = promises;
        this.cards = cards;
        this.shownWords = shownWords;
        this.shownSeal = shownSeal;
        this.sameOrigin = sameOrigin;
        this.catalogue = catalogue;
        this.writing = writing;
        this.language = language;
    }

    @CheckedTemplate(basePath = "approval")
    static class Templates {

        private Templates() {}

        static native TemplateInstance consent(
                Party party,
                Promise promise,
                String decideBy,
                PreviewCards.Parts parts,
                @Nullable Changes changes,
                boolean touched,
                String action,
                String shown,
                String csrf);
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

    /** What would be different from what is shared so far; each a list of labels, empty when there is none. */
    record Changes(String added, String removed, String until, String newUntil, boolean paused) {

        /** Whether access would end at another time, as far as the page tells times apart. */
        public boolean isMoved() {
            return !until.equals(newUntil);
        }
    }

    Response show(Interaction interaction, Terms terms, SignedIn who, Optional<Set<AttributeName>> chosen) {
        PersonId person = who.session().person();
        RegisteredClient client = client(interaction.clientId());
        // What the person had granted stays selected until they select anew.
        Set<AttributeName> granted = interaction
                .amendment()
                .<Set<AttributeName>>map(AmendmentView::kept)
                .orElse(Set.of());
        PreviewCards.Parts parts = cards.of(person, terms, granted, chosen.orElse(granted));
        String page = Templates.consent(
                        party(client, interaction),
                        promises.of(terms.purpose()),
                        writing.time(interaction.decideBy()),
                        parts,
                        interaction.amendment().map(this::changes).orElse(null),
                        chosen.isPresent(),
                        "/consent/" + interaction.id(),
                        shownSeal.seal(shown(client, interaction, terms), about(interaction.id()), person),
                        sameOrigin.token(who.handle().value()))
                .render();
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        return Response.ok(page)
                .cacheControl(noStore)
                .header("Content-Security-Policy", ContentPolicy.formMayEndAt(interaction.redirectUri()))
                .build();
    }

    private Changes changes(AmendmentView amendment) {
        return new Changes(
                labels(amendment.added()),
                labels(amendment.removed()),
                writing.at(amendment.previousExpiry()),
                writing.at(amendment.newExpiry()),
                amendment.paused());
    }

    private String labels(Set<AttributeName> names) {
        return writing.list(catalogue.inOrder(names).stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map(attribute -> attribute.label(language.locale()))
                .toList());
    }

    /** What a person had before their eyes who answers by this form, as it was when it was shown to them. */
    Shown shown(InteractionId interaction, PersonId person, @Nullable String sealed) {
        return shownSeal.open(sealed, about(interaction), person);
    }

    private static String about(InteractionId interaction) {
        return "interaction/" + interaction;
    }

    private Shown shown(RegisteredClient client, Interaction interaction, Terms terms) {
        return interaction
                .amendment()
                .map(amendment -> shownWords.of(client, terms, amendment))
                .orElseGet(() -> shownWords.of(client, terms));
    }

    private RegisteredClient client(ClientId id) {
        return clients.find(id)
                .orElseThrow(() -> new IllegalStateException("a request is of a client that is not registered"));
    }

    private Party party(RegisteredClient client, Interaction interaction) {
        return new Party(
                client.name(),
                client.legalName(),
                client.id().value(),
                names.isDoubtful(client),
                interaction.message().orElse(""));
    }
}
