package io.consentry.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.catalogue.SourceId;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.ConsentRecord;
import io.consentry.consent.Consents;
import io.consentry.consent.HeldConsent;
import io.consentry.consent.Shown;
import io.consentry.consent.Terms;
import io.consentry.export.RecordDocument.LedgerPlace;
import io.consentry.export.RecordDocument.Party;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.PersonId;
import io.consentry.kernel.Settings;
import io.consentry.ledger.History;
import io.consentry.ledger.Ledger;
import io.consentry.ledger.LedgerEvent;
import io.consentry.ledger.RecordedEvent;
import io.consentry.person.Persons;
import io.consentry.wording.Language;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the record of a person's consent: from the consent, its decisions, its template and the ledger. */
@ApplicationScoped
public class ConsentRecords {

    private static final int BATCH = 500;
    private static final List<String> RIGHTS = List.of("withdraw", "access", "correction");

    private final Consents consents;
    private final Catalogue catalogue;
    private final Clients clients;
    private final Persons persons;
    private final History history;
    private final Ledger ledger;
    private final Settings settings;
    private final InstantSource clock;
    private final Language language;

    ConsentRecords(
            Consents consents,
            Catalogue catalogue,
            Clients clients,
            Persons persons,
            History history,
            Ledger ledger,
            Settings settings,
            InstantSource clock,
            Language language) {
        this.consents = consents;
        this.catalogue = catalogue;
        this.clients = clients;
        this.persons = persons;
        this.history = history;
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
        this.language = language;
    }

    /** The record of a consent. The caller must have made sure that it is this person's. */
    public RecordDocument of(PersonId person, HeldConsent held) {
        Terms terms = held.consent().terms();
        // What a row says that was changed behind our back is not repeated to anybody.
        boolean isSound = !(held.consent() instanceof Consent.Damaged);
        Optional<Purpose> purpose =
                Optional.of(terms.purpose()).filter(id -> isSound).flatMap(catalogue::purpose);
        List<ConsentRecord> decisions = consents.records(terms.grantId());
        List<RecordedEvent> events = events(person, held);
        return new RecordDocument(
                settings.baseUrl() + SchemaResource.PATH + Schema.PLAIN.file(),
                Schema.VERSION,
                header(held, decisions, events),
                new RecordDocument.Principal(
                        persons.pairwise(person, terms.clientId()).toString(), "self", "self"),
                parties(terms, isSound),
                given(held).map(it -> notice(it.decision().shown())).orElse(null),
                purpose.map(this::purpose).orElse(null),
                isSound ? piiInformation(held, purpose) : List.of(),
                List.of(),
                purpose.map(it -> access(held, it.access())).orElse(null),
                new RecordDocument.Usage(
                        held.releaseCount(), held.lastReleaseAt().orElse(null)),
                purpose.map(it -> new RecordDocument.Retention(
                                it.keeping().retention().toString(),
                                it.keeping().deleteWithin().toString()))
                        .orElse(null),
                new RecordDocument.Withdrawal(
                        settings.baseUrl() + "/me/consents/" + terms.grantId() + "/withdraw",
                        purpose.map(it -> it.withdrawalConsequence(language.locale()))
                                .orElse(null)),
                RIGHTS,
                "SG",
                decisions.stream().map(this::decision).toList(),
                events.stream().map(this::event).toList());
    }

    /** The same record by ISO/IEC TS 27560 in JSON-LD. */
    public ObjectNode linked(PersonId person, HeldConsent held) {
        return LinkedRecord.of(of(person, held), settings.baseUrl());
    }

    private RecordDocument.Header header(HeldConsent held, List<ConsentRecord> decisions, List<RecordedEvent> events) {
        Optional<Consent.Given> given = given(held);
        return new RecordDocument.Header(
                given.map(it -> it.decision().recordId().toString()).orElse(null),
                held.consent().terms().grantId().toString(),
                given.map(it -> it.decision().generation()).orElse(0),
                given.flatMap(it -> it.decision().previous())
                        .map(Object::toString)
                        .orElse(null),
                given.map(it -> it.decision().decidedAt()).orElse(null),
                held.status().wire(),
                events.stream()
                        .map(RecordedEvent::event)
                        .filter(event -> event.version() == held.consent().version())
                        .map(LedgerEvent::at)
                        .reduce((newer, older) -> older)
                        .orElse(
                                decisions.isEmpty()
                                        ? null
                                        : decisions.getFirst().decision().decidedAt()),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private List<Party> parties(Terms terms, boolean isSound) {
        List<Party> parties = new ArrayList<>();
        if (isSound) {
            parties.add(clients.find(terms.clientId())
                    .map(ConsentRecords::controller)
                    .orElseGet(() -> new Party(
                            terms.clientId().value(),
                            terms.clientId().value(),
                            "pii_controller",
                            "organisation",
                            null)));
        }
        parties.add(new Party(settings.baseUrl(), "Consentry", "consent_service", "organisation", null));
        if (isSound) {
            catalogue.inOrder(terms.requested()).stream()
                    .flatMap(name -> catalogue.find(name).stream())
                    .map(Attribute::source)
                    .distinct()
                    .map(ConsentRecords::source)
                    .forEach(parties::add);
        }
        return parties;
    }

    private static Party controller(RegisteredClient client) {
        return new Party(client.id().value(), client.legalName(), "pii_controller", "organisation", null);
    }

    private static Party source(SourceId source) {
        return new Party(id(source), source.displayName(), "data_source", "public_authority", source.contact());
    }

    private static RecordDocument.Notice notice(Shown shown) {
        return new RecordDocument.Notice(shown.language(), shown.digest().isEmpty() ? null : shown.digest(), "SHA-256");
    }

    private RecordDocument.Purpose purpose(Purpose purpose) {
        return new RecordDocument.Purpose(
                purpose.code(),
                purpose.version(),
                purpose.title(language.locale()),
                purpose.sentence(language.locale()),
                "consent");
    }

    private List<RecordDocument.Pii> piiInformation(HeldConsent held, Optional<Purpose> purpose) {
        String depth = purpose.flatMap(it -> it.access().limits().history())
                .map(Object::toString)
                .orElse(null);
        return catalogue.inOrder(held.consent().terms().requested()).stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map(attribute -> pii(attribute, held.consent(), depth))
                .toList();
    }

    private RecordDocument.Pii pii(Attribute attribute, Consent consent, @Nullable String depth) {
        return new RecordDocument.Pii(
                attribute.name().value(),
                attribute.label(language.locale()),
                attribute.group(),
                consent.terms().optional().contains(attribute.name()) ? "optional" : "required",
                decisionOn(attribute.name(), consent),
                "raw",
                depth,
                attribute.sensitivity().name().toLowerCase(Locale.ROOT),
                id(attribute.source()));
    }

    private static String decisionOn(AttributeName name, Consent consent) {
        return switch (consent) {
            case Consent.Given given -> given.granted().contains(name) ? "granted" : "declined";
            case Consent.Refused refused -> "declined";
            case Consent.Requested open -> "undecided";
            case Consent.Presented open -> "undecided";
            case Consent.Lapsed over -> "undecided";
            case Consent.Damaged unknown -> "undecided";
        };
    }

    private static RecordDocument.Access access(HeldConsent held, Purpose.Access access) {
        Optional<Consent.Given> given = given(held);
        return new RecordDocument.Access(
                given.map(it -> it.decision().firstDecidedAt()).orElse(null),
                given.map(Consent.Given::expiresAt).orElse(null),
                fetchType(access),
                access.limits().total().isPresent() ? access.limits().total().getAsLong() : null,
                access.limits()
                        .rate()
                        .map(rate -> new RecordDocument.Frequency(
                                rate.releases(), rate.per().toString()))
                        .orElse(null),
                access.remindEvery().map(Object::toString).orElse(null));
    }

    private static String fetchType(Purpose.Access access) {
        OptionalLong total = access.limits().total();
        return total.isPresent() && total.getAsLong() == 1 ? "onetime" : access.periodic() ? "periodic" : "repeated";
    }

    private RecordDocument.Decision decision(ConsentRecord record) {
        var decision = record.decision();
        return new RecordDocument.Decision(
                decision.recordId().toString(),
                decision.previous().map(Object::toString).orElse(null),
                decision.generation(),
                decision.decidedAt(),
                decision.expiresAt(),
                texts(decision.granted()),
                notice(decision.shown()));
    }

    private RecordDocument.Event event(RecordedEvent recorded) {
        LedgerEvent event = recorded.event();
        SortedMap<String, String> outcomes = new TreeMap<>();
        event.outcomes().forEach((name, outcome) -> outcomes.put(name.value(), outcome));
        return new RecordDocument.Event(
                event.recordId().toString(),
                event.at(),
                event.kind().wire(),
                event.actor().name().toLowerCase(Locale.ROOT),
                event.reason().orElse(null),
                outcomes,
                new LedgerPlace(
                        ledger.origin(recorded.log()),
                        recorded.index().isPresent() ? recorded.index().getAsLong() : null,
                        recorded.leafHash()));
    }

    /** All of them, newest first. */
    private List<RecordedEvent> events(PersonId person, HeldConsent held) {
        List<RecordedEvent> all = new ArrayList<>();
        List<RecordedEvent> batch;
        OptionalLong before = OptionalLong.empty();
        do {
            batch = history.of(person, held.consent().terms().grantId(), before, BATCH);
            all.addAll(batch);
            before = batch.isEmpty() ? before : OptionalLong.of(batch.getLast().position());
        } while (batch.size() == BATCH);
        return all;
    }

    private static Optional<Consent.Given> given(HeldConsent held) {
        return held.consent() instanceof Consent.Given given ? Optional.of(given) : Optional.empty();
    }

    private List<String> texts(Set<AttributeName> names) {
        return catalogue.inOrder(names).stream().map(AttributeName::value).toList();
    }

    private static String id(SourceId source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
