package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.consent.Consent;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.NationalId;
import io.consentry.ledger.Draft;
import io.consentry.source.Fetched;
import io.consentry.source.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Hands a client exactly what a person granted, by the data API ({@link Userinfo}) or in an ID token ({@link LoginFacts}).
 *
 * <p>{@link #once} is the flow. Its order is the order of the promises: everything slow or costly comes first, then one
 * short transaction decides and records, then the bytes leave.
 */
@ApplicationScoped
class Release {

    private static final int ATTEMPTS = 3;

    private final ConsentInForce inForce;
    private final Sources sources;
    private final Gate gate;
    private final FirstByte firstByte;

    Release(ConsentInForce inForce, Sources sources, Gate gate, FirstByte firstByte) {
        this.inForce = inForce;
        this.sources = sources;
        this.gate = gate;
        this.firstByte = firstByte;
    }

    /** What was fetched for a consent that has changed meanwhile is thrown away, and fetched anew for what it is now. */
    <R> ReleaseResult<R> release(Recipient recipient, Delivery<R> delivery) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ReleaseResult<R>> result = once(recipient, delivery);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return new ReleaseResult.Refused<>(
                Fault.of(FaultCode.TEMPORARILY_UNAVAILABLE, "The grant keeps changing. Please try again."));
    }

    /** Consent in force, fetch, keep what was granted, answer and record, let go; empty if the consent changed on the way. */
    private <R> Optional<ReleaseResult<R>> once(Recipient recipient, Delivery<R> delivery) {
        return switch (inForce.find(recipient)) {
            case ConsentInForce.Found.NotNow(Fault why) -> Optional.of(new ReleaseResult.Refused<>(why));
            case ConsentInForce.Found.Over(Fault why) -> Optional.of(new ReleaseResult.Over<>(why));
            case ConsentInForce.Found.InForce(Consent.Active consent, NationalId person) -> {
                RegisteredClient client = recipient.withinReach();
                Fetched fetched = sources.fetch(person, gate.wanted(consent, client));
                PermittedRecord permitted = gate.keep(consent, client, fetched);
                Draft entry = delivery.entry(consent, permitted);
                yield switch (delivery.deliver(consent, client, permitted, entry)) {
                    case Committed.Done<R>(R answer) -> Optional.of(firstByte.begin(consent, answer));
                    case Committed.Changed<R> other -> Optional.empty();
                    case Committed.TooOften<R>(Duration wait) ->
                        Optional.of(new ReleaseResult.Refused<>(inForce.refuseTooOften(consent, wait)));
                    case Committed.Refused<R>(Fault why) -> Optional.of(new ReleaseResult.Refused<>(why));
                };
            }
        };
    }
}
