package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Consents;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import io.consentry.ledger.Draft;
import io.consentry.person.Persons;
import io.consentry.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The release that an ID token is: the same sources, the same gate, the same commit and the same ledger as the data API's,
 * and an entry of its own that says so. What no source gave is absent from the token, with its outcome in the entry.
 */
@ApplicationScoped
class LoginFacts implements SubjectAttributes {

    private final Consents consents;
    private final Persons persons;
    private final Sources sources;
    private final Gate gate;
    private final ReleaseEntries entries;
    private final ReleaseCommit commit;
    private final Departure departure;
    private final InstantSource clock;

    LoginFacts(
            Consents consents,
            Persons persons,
            Sources sources,
            Gate gate,
            ReleaseEntries entries,
            ReleaseCommit commit,
            Departure departure,
            InstantSource clock) {
        this.consents = consents;
        this.persons = persons;
        this.sources = sources;
        this.gate = gate;
        this.entries = entries;
        this.commit = commit;
        this.departure = departure;
        this.clock = clock;
    }

    @Override
    public Optional<Prepared> prepare(GrantId grant, RegisteredClient client) {
        return inForce(grant)
                .filter(consent -> consent.terms().clientId().equals(client.id()))
                .filter(consent -> !consent.granted().isEmpty())
                .flatMap(consent -> persons.nationalId(consent.person()).map(person -> {
                    Kept kept = gate.keep(consent, client, sources.fetch(person, gate.wanted(consent, client)));
                    return new Ready(consent, claims(kept), entries.releasedInIdToken(consent, kept));
                }));
    }

    private Optional<Consent.Active> inForce(GrantId grant) {
        return consents.find(grant)
                .filter(Consent.Active.class::isInstance)
                .map(Consent.Active.class::cast)
                .filter(consent -> !consent.hasExpired(clock.instant()));
    }

    /** Singpass' members. Whoever has an NRIC or a FIN, and nobody else signs in here, has a standard account of Singapore's. */
    private static Map<String, Object> claims(Kept kept) {
        var claims = new LinkedHashMap<String, Object>();
        value(kept, "uinfin", "/uinfin/value").ifPresent(number -> {
            claims.put("account_type", "standard");
            claims.put("identity_number", number);
            claims.put("identity_coi", "SG");
        });
        value(kept, "name", "/name/value").ifPresent(name -> claims.put("name", name));
        value(kept, "email", "/email/value").ifPresent(address -> claims.put("email", address));
        value(kept, "mobileno", "/mobileno/nbr/value").ifPresent(number -> claims.put("mobileno", number));
        return claims;
    }

    private static Optional<String> value(Kept kept, String attribute, String pointer) {
        return Optional.ofNullable(kept.outcomes().get(new AttributeName(attribute)))
                .filter(Outcome.RELEASED::equals)
                .map(released -> kept.personInfo().at(pointer).asText(""))
                .filter(text -> !text.isEmpty());
    }

    private final class Ready implements Prepared {

        private final Consent.Active consent;
        private final Map<String, Object> claims;
        private final Draft entry;

        Ready(Consent.Active consent, Map<String, Object> claims, Draft entry) {
            this.consent = consent;
            this.claims = claims;
            this.entry = entry;
        }

        @Override
        public Map<String, Object> claims() {
            return claims;
        }

        @Override
        public Recorded record() {
            return switch (commit.commit(consent, entry)) {
                case Use.Permitted done -> Recorded.RECORDED;
                case Use.Changed other -> Recorded.CHANGED;
                case Use.NotInForce ended -> Recorded.ENDED;
                case Use.TooOften limit -> Recorded.TOO_OFTEN;
            };
        }

        @Override
        public void begin() {
            departure.begin(consent);
        }

        @Override
        public String toString() {
            return "Ready[redacted]";
        }
    }
}
