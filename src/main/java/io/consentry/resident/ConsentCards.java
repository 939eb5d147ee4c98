package io.consentry.resident;

import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.Clients;
import io.consentry.client.DoubtfulNames;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consents;
import io.consentry.consent.EndReasons;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.OwnConsent;
import io.consentry.consent.Reminders;
import io.consentry.consent.StatusDetails;
import io.consentry.consent.Terms;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import io.consentry.wording.Allowance;
import io.consentry.wording.Language;
import io.consentry.wording.Tally;
import io.consentry.wording.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A person's consents in words, for their pages. */
@ApplicationScoped
class ConsentCards {

    private final Consents consents;
    private final EndReasons reasons;
    private final Clients clients;
    private final DoubtfulNames names;
    private final Catalogue catalogue;
    private final Allowance allowance;
    private final Reminders reminders;
    private final InstantSource clock;
    private final Writing writing;
    private final Language language;

    ConsentCards(
            Consents consents,
            EndReasons reasons,
            Clients clients,
            DoubtfulNames names,
            Catalogue catalogue,
            Allowance allowance,
            Reminders reminders,
            InstantSource clock,
            Writing writing,
            Language language) {
        this.consents = consents;
        this.reasons = reasons;
        this.clients = clients;
        this.names = names;
        this.catalogue = catalogue;
        this.allowance = allowance;
        this.reminders = reminders;
        this.clock = clock;
        this.writing = writing;
        this.language = language;
    }

    /** All that the person was ever shown, newest first. */
    List<ConsentCard> of(PersonId person) {
        Set<GrantId> due = due(person);
        return consents.of(person).stream()
                .map(held -> card(new OwnConsent(person, held), due))
                .toList();
    }

    ConsentCard of(OwnConsent own) {
        return card(own, due(own.person()));
    }

    /** The grants that their person should look at again. */
    private Set<GrantId> due(PersonId person) {
        return reminders.of(person).stream().map(Reminders.Reminder::grant).collect(Collectors.toSet());
    }

    private ConsentCard card(OwnConsent own, Set<GrantId> due) {
        HeldConsent held = own.held();
        Terms terms = held.consent().terms();
        StatusDetails details = StatusDetails.of(held.consent(), clock.instant());
        // As it was when the client asked; a row that somebody changed may name one that never was.
        Optional<Purpose> purpose = catalogue.purpose(terms.purpose());
        return new ConsentCard(
                own.grant().toString(),
                who(terms.clientId()),
                purpose.map(this::why).orElse(ConsentCard.Why.UNKNOWN),
                held.status(),
                new ConsentCard.Times(
                        Optional.ofNullable(details.grantedAt()).map(writing::at),
                        Optional.ofNullable(details.expiresAt()).map(writing::at),
                        Optional.ofNullable(details.pausedAt()).map(writing::at),
                        Optional.ofNullable(details.endedAt()).map(writing::at)),
                reasons.of(own.person(), held),
                use(held, purpose, due.contains(own.grant())),
                groups(details.attributes()),
                Tally.of(details.attributes(), details.declined()));
    }

    private ConsentCard.Use use(HeldConsent held, Optional<Purpose> purpose, boolean reminderDue) {
        Optional<Purpose.Access> access = purpose.map(Purpose::access);
        return new ConsentCard.Use(
                held.releaseCount(),
                held.lastReleaseAt().map(writing::at),
                access.map(allowance::often).orElse(""),
                access.filter(allowance::isUnusual).isPresent(),
                access.map(allowance::howFar).orElse(""),
                access.flatMap(Purpose.Access::remindEvery).map(writing::length),
                reminderDue);
    }

    private ConsentCard.Who who(ClientId id) {
        return clients.find(id).map(this::who).orElseGet(() -> new ConsentCard.Who(id.value(), "", id.value(), false));
    }

    private ConsentCard.Who who(RegisteredClient client) {
        return new ConsentCard.Who(
                client.name(), client.legalName(), client.id().value(), names.isDoubtful(client));
    }

    private ConsentCard.Why why(Purpose purpose) {
        return new ConsentCard.Why(
                purpose.title(language.locale()),
                purpose.sentence(language.locale()),
                writing.length(purpose.retentionPeriod()),
                writing.length(purpose.keeping().deleteWithin()),
                purpose.withdrawalConsequence(language.locale()));
    }

    private List<ConsentCard.Group> groups(Set<AttributeName> attributes) {
        Map<String, List<ConsentCard.Item>> items = new LinkedHashMap<>();
        for (AttributeName name : catalogue.inOrder(attributes)) {
            Attribute attribute = catalogue.find(name).orElseThrow();
            items.computeIfAbsent(attribute.groupLabel(language.locale()), heading -> new ArrayList<>())
                    .add(new ConsentCard.Item(name.value(), attribute.label(language.locale())));
        }
        return items.entrySet().stream()
                .map(group -> new ConsentCard.Group(group.getKey(), group.getValue()))
                .toList();
    }
}
