package io.consentry.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.Purpose;
import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.kernel.AttributeName;
import io.consentry.source.Fetched;
import io.consentry.source.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps what may leave: requested ∩ registered for the client ∩ allowed for the purpose ∩ granted by the person, and of a source's answer only the
 * members that the catalogue names for those attributes. Whatever else a source sent is dropped here, however it got in.
 */
@ApplicationScoped
class Gate {

    private final Catalogue catalogue;
    private final InstantSource clock;

    Gate(Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** What to ask the sources for. */
    SortedSet<AttributeName> wanted(Consent.Active consent, RegisteredClient client) {
        var wanted = new TreeSet<>(consent.granted());
        wanted.retainAll(permitted(consent, client));
        return wanted;
    }

    /** Registered for the client, and allowed for the purpose then and now: a template that was tightened counts at once. */
    private Set<AttributeName> permitted(Consent.Active consent, RegisteredClient client) {
        var permitted = new TreeSet<>(client.scope());
        permitted.retainAll(allowed(catalogue.purpose(consent.terms().purpose())));
        permitted.retainAll(allowed(catalogue.purpose(consent.terms().purpose().code())));
        return permitted;
    }

    private static Set<AttributeName> allowed(Optional<Purpose> purpose) {
        return purpose.<Set<AttributeName>>map(Purpose::attributes).orElse(Set.of());
    }

    PermittedRecord keep(Consent.Active consent, RegisteredClient client, Fetched fetched) {
        var outcomes = new TreeMap<AttributeName, AttributeOutcome>();
        var retryAfter = new HashMap<AttributeName, Duration>();
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        Set<AttributeName> permitted = permitted(consent, client);
        var depth = HistoryDepth.of(catalogue, consent.terms().purpose(), clock.instant());
        Map<AttributeName, Finding> findings = fetched.findings();
        for (AttributeName name : consent.terms().requested()) {
            if (!consent.granted().contains(name)) {
                outcomes.put(name, AttributeOutcome.WITHHELD_BY_PERSON);
            } else if (!permitted.contains(name)) {
                outcomes.put(name, AttributeOutcome.WITHHELD_BY_POLICY);
            } else {
                outcomes.put(name, keep(name, findings, new Taken(info, depth), retryAfter));
            }
        }
        return new PermittedRecord(info, outcomes, Map.copyOf(retryAfter));
    }

    /** The record as it grows, and how far back it may reach. */
    private record Taken(ObjectNode info, HistoryDepth depth) {

        @Override
        public String toString() {
            return "Taken[redacted]";
        }
    }

    private AttributeOutcome keep(
            AttributeName name,
            Map<AttributeName, Finding> findings,
            Taken taken,
            Map<AttributeName, Duration> retryAfter) {
        return switch (findings.getOrDefault(name, new Finding.Unavailable(Optional.empty()))) {
            case Finding.OnRecord held -> admit(name, held.fragment(), taken, AttributeOutcome.RELEASED);
            case Finding.NoRecord none -> admit(name, none.fragment(), taken, AttributeOutcome.RECORD_NOT_FOUND);
            case Finding.NotApplicable none -> admit(name, none.fragment(), taken, AttributeOutcome.NOT_APPLICABLE);
            case Finding.Unavailable(Optional<Duration> wait) -> {
                wait.ifPresent(time -> retryAfter.put(name, time));
                yield AttributeOutcome.SOURCE_UNAVAILABLE;
            }
            case Finding.Malformed none -> AttributeOutcome.SOURCE_MALFORMED;
            case Finding.TimedOut(Optional<Duration> wait) -> {
                wait.ifPresent(time -> retryAfter.put(name, time));
                yield AttributeOutcome.SOURCE_TIMEOUT;
            }
        };
    }

    private AttributeOutcome admit(AttributeName name, ObjectNode fragment, Taken taken, AttributeOutcome outcome) {
        return catalogue
                .find(name)
                .map(attribute -> {
                    ObjectNode pruned = PersonInfo.prune(fragment, attribute.shape());
                    PersonInfo.merge(taken.depth().cut(pruned, attribute.shape()), taken.info());
                    return outcome;
                })
                .orElse(AttributeOutcome.WITHHELD_BY_POLICY);
    }
}
