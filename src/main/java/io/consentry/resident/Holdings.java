package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A person's consents in words, for their pages. */
@ApplicationScoped
class Holdings {

    private final ConsentViews views;
    private final Clients clients;
    private final ClientName names;
    private final Catalogue catalogue;
    private final Writing writing;
    private final Locale locale = Locale.ENGLISH;

    Holdings(ConsentViews views, Clients clients, ClientName names, Catalogue catalogue, ValueMessages words) {
        this.views = views;
        this.clients = clients;
        this.names = names;
        this.catalogue = catalogue;
        this.writing = new Writing(locale, words);
    }

    /** All that the person was ever shown, newest first. */
    List<Holding> of(PersonId person) {
        return views.of(person).stream().map(this::holding).toList();
    }

    Optional<Holding> of(PersonId person, GrantId grant) {
        return views.of(person).stream()
                .filter(view -> view.grantId().equals(grant))
                .findFirst()
                .map(this::holding);
    }

    private Holding holding(ConsentView view) {
        return new Holding(
                view.grantId().toString(),
                who(view.clientId()),
                why(view.purpose()),
                view.status(),
                Optional.ofNullable(view.grantedAt()).map(writing::at),
                Optional.ofNullable(view.expiresAt()).map(writing::at),
                Optional.ofNullable(view.endedAt()).map(writing::at),
                view.releaseCount(),
                Optional.ofNullable(view.lastReleaseAt()).map(writing::at),
                cards(view.attributes()));
    }

    private Holding.Who who(ClientId id) {
        return clients.find(id).map(this::who).orElseGet(() -> new Holding.Who(id.value(), "", id.value(), false));
    }

    private Holding.Who who(RegisteredClient client) {
        return new Holding.Who(client.name(), client.legalName(), client.id().value(), names.isDoubtful(client));
    }

    private Holding.Why why(String code) {
        Purpose purpose = catalogue
                .purpose(code)
                .orElseThrow(() -> new IllegalStateException("a consent is for no known purpose"));
        return new Holding.Why(
                purpose.title(locale),
                purpose.sentence(locale),
                writing.length(purpose.retentionPeriod()),
                purpose.withdrawalConsequence(locale));
    }

    private List<Holding.Card> cards(Set<AttributeName> attributes) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (AttributeName name : catalogue.inOrder(attributes)) {
            Attribute attribute = catalogue.find(name).orElseThrow();
            labels.computeIfAbsent(attribute.groupLabel(locale), heading -> new ArrayList<>())
                    .add(attribute.label(locale));
        }
        return labels.entrySet().stream()
                .map(card -> new Holding.Card(card.getKey(), card.getValue()))
                .toList();
    }
}
