package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.consent.Uses.Use;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.NationalId;
import io.consentry.ledger.Draft;
import io.consentry.person.Persons;
import io.consentry.source.Fetched;
import io.consentry.source.Sources;
import io.consentry.token.AccessTokens;
import io.consentry.token.PresentedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Hands a client exactly what a person granted.
 *
 * <p>{@link #release} is the flow. Its order is the order of the promises: everything slow or costly comes first, then one
 * short transaction decides and records, then the bytes leave.
 */
@ApplicationScoped
class Release {

    private static final int ATTEMPTS = 3;

    private final AccessTokens tokens;
    private final Persons persons;
    private final ConsentInForce inForce;
    private final Sources sources;
    private final Gate gate;
    private final Seal seal;
    private final ReleaseEntries entries;
    private final ReleaseCommit commit;
    private final Departure departure;

    Release(
            AccessTokens tokens,
            Persons persons,
            ConsentInForce inForce,
            Sources sources,
            Gate gate,
            Seal seal,
            ReleaseEntries entries,
            ReleaseCommit commit,
            Departure departure) {
        this.tokens = tokens;
        this.persons = persons;
        this.inForce = inForce;
        this.sources = sources;
        this.gate = gate;
        this.seal = seal;
        this.entries = entries;
        this.commit = commit;
        this.departure = departure;
    }

    /** How a request to the data API presents itself. Does not print. */
    record Presented(String method, List<String> authorization, List<String> proofs) {

        @Override
        public String toString() {
            return "Presented[redacted]";
        }
    }

    /** Token, consent in force, fetch, keep what was granted, seal, record, answer. */
    SealedAnswer release(Presented request) {
        PresentedToken token = tokens.present(request.method(), "/userinfo", request.authorization(), request.proofs());
        RegisteredClient client = token.narrowedTo().map(token.client()::within).orElseGet(token::client);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Consent.Active consent = inForce.require(token);
            Fetched fetched = sources.fetch(person(consent), gate.wanted(consent, client));
            Kept kept = gate.keep(consent, client, fetched);
            Draft entry = entries.released(consent, kept, token.narrowedTo());
            SealedAnswer answer = seal.seal(consent, client, kept, entry);
            switch (commit.commit(consent, entry)) {
                case Use.Permitted made -> {
                    departure.begin(consent);
                    return answer;
                }
                case Use.TooOften(Duration wait) -> throw inForce.refuseTooOften(consent, wait);
                case Use.Changed other -> {}
                case Use.NotInForce other -> {}
            }
        }
        throw Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "The grant keeps changing. Please try again.")
                .raise();
    }

    private NationalId person(Consent.Active consent) {
        return persons.nationalId(consent.person())
                .orElseThrow(() -> Fault.of(FaultCode.CONSENT_NOT_IN_FORCE, "The person's records were erased.")
                        .raise());
    }
}
