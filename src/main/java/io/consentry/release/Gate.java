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

    Gate(Catalogue catalogue) {
        this.catalogue = catalogue;
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

    Kept keep(Consent.Active consent, RegisteredClient client, Fetched fetched) {
        var outcomes = new TreeMap<AttributeName, Outcome>();
        var retryAfter = new HashMap<AttributeName, Duration>();
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        Set<AttributeName> permitted = permitted(consent, client);
        for (AttributeName name : consent.terms().requested()) {
            if (!consent.granted().contains(name)) {
                outcomes.put(name, Outcome.WITHHELD_BY_PERSON);
            } else if (!permitted.contains(name)) {
                outcomes.put(name, Outcome.WITHHELD_BY_POLICY);
            } else {
                outcomes.put(name, keep(name, fetched, info, retryAfter));
            }
        }
        return new Kept(info, outcomes, Map.copyOf(retryAfter));
    }

    private Outcome keep(
            AttributeName name, Fetched fetched, ObjectNode info, Map<AttributeName, Duration> retryAfter) {
        return switch (finding(name, fetched)) {
            case Finding.Held held -> admit(name, held.fragment(), info, Outcome.RELEASED);
            case Finding.NoRecord none -> admit(name, none.fragment(), info, Outcome.RECORD_NOT_FOUND);
            case Finding.NotApplicable none -> admit(name, none.fragment(), info, Outcome.NOT_APPLICABLE);
            case Finding.Unavailable(Optional<Duration> wait) -> {
                wait.ifPresent(time -> retryAfter.put(name, time));
                yield Outcome.SOURCE_UNAVAILABLE;
            }
            case Finding.TimedOut(Optional<Duration> wait) -> {
                wait.ifPresent(time -> retryAfter.put(name, time));
                yield Outcome.SOURCE_TIMEOUT;
            }
        };
    }

    private static Finding finding(AttributeName name, Fetched fetched) {
        return Optional.ofNullable(fetched.findings().get(name)).orElse(new Finding.Unavailable(Optional.empty()));
    }

    private Outcome admit(AttributeName name, ObjectNode fragment, ObjectNode info, Outcome outcome) {
        return catalogue
                .find(name)
                .map(attribute -> Fragments.prune(fragment, attribute.shape()))
                .map(pruned -> {
                    Fragments.merge(pruned, info);
                    return outcome;
                })
                .orElse(Outcome.WITHHELD_BY_POLICY);
    }
}
