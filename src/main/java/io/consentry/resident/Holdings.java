package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Reminders;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.resident.OwnConsents.Own;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A person's consents in words, for their pages. */
@ApplicationScoped
class Holdings {

    private final ConsentViews views;
    private final Clients clients;
    private final ClientName names;
    private final Catalogue catalogue;
    private final Allowance allowance;
    private final Reminders reminders;
    private final Writing writing;
    private final Locale locale = Locale.ENGLISH;

    Holdings(
            ConsentViews views,
            Clients clients,
            ClientName names,
            Catalogue catalogue,
            Allowance allowance,
            Reminders reminders,
            ValueMessages words) {
        this.views = views;
        this.clients = clients;
        this.names = names;
        this.catalogue = catalogue;
        this.allowance = allowance;
        this.reminders = reminders;
        this.writing = new Writing(locale, words);
    }

    /** All that the person was ever shown, newest first. */
    List<Holding> of(PersonId person) {
        Set<GrantId> due = due(person);
        return views.of(person).stream().map(view -> holding(view, due)).toList();
    }

    Holding of(Own own) {
        return holding(views.of(own.person(), own.held()), due(own.person()));
    }

    /** The grants that their person should look at again. */
    private Set<GrantId> due(PersonId person) {
        return reminders.of(person).stream().map(Reminders.Reminder::grant).collect(Collectors.toSet());
    }

    private Holding holding(ConsentView view, Set<GrantId> due) {
        // As it was when the client asked; a row that somebody changed may name one that never was.
        Optional<Purpose> purpose = catalogue.purpose(view.template());
        return new Holding(
                view.grantId().toString(),
                who(view.clientId()),
                purpose.map(this::why).orElse(Holding.Why.UNKNOWN),
                view.status(),
                new Holding.Times(
                        Optional.ofNullable(view.grantedAt()).map(writing::at),
                        Optional.ofNullable(view.expiresAt()).map(writing::at),
                        Optional.ofNullable(view.pausedAt()).map(writing::at),
                        Optional.ofNullable(view.endedAt()).map(writing::at)),
                Optional.ofNullable(view.reason()),
                use(view, purpose, due.contains(view.grantId())),
                cards(view.attributes()),
                Tally.of(view.attributes(), view.declined()));
    }

    private Holding.Use use(ConsentView view, Optional<Purpose> purpose, boolean reminderDue) {
        Optional<Purpose.Access> access = purpose.map(Purpose::access);
        return new Holding.Use(
                view.releaseCount(),
                Optional.ofNullable(view.lastReleaseAt()).map(writing::at),
                access.map(allowance::often).orElse(""),
                access.filter(allowance::isUnusual).isPresent(),
                access.map(allowance::howFar).orElse(""),
                access.flatMap(Purpose.Access::remindEvery).map(writing::length),
                reminderDue);
    }

    private Holding.Who who(ClientId id) {
        return clients.find(id).map(this::who).orElseGet(() -> new Holding.Who(id.value(), "", id.value(), false));
    }

    private Holding.Who who(RegisteredClient client) {
        return new Holding.Who(client.name(), client.legalName(), client.id().value(), names.isDoubtful(client));
    }

    private Holding.Why why(Purpose purpose) {
        return new Holding.Why(
                purpose.title(locale),
                purpose.sentence(locale),
                writing.length(purpose.retentionPeriod()),
                writing.length(purpose.keeping().deleteWithin()),
                purpose.withdrawalConsequence(locale));
    }

    private List<Holding.Card> cards(Set<AttributeName> attributes) {
        Map<String, List<Holding.Item>> items = new LinkedHashMap<>();
        for (AttributeName name : catalogue.inOrder(attributes)) {
            Attribute attribute = catalogue.find(name).orElseThrow();
            items.computeIfAbsent(attribute.groupLabel(locale), heading -> new ArrayList<>())
                    .add(new Holding.Item(name.value(), attribute.label(locale)));
        }
        return items.entrySet().stream()
                .map(card -> new Holding.Card(card.getKey(), card.getValue()))
                .toList();
    }
}
