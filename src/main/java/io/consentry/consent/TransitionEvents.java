package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.LedgerEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger event of each edge in a consent's life: what happened, who did it, and why. */
final class TransitionEvents {

    private TransitionEvents() {}

    static LedgerEvent requested(Consent.Requested now) {
        return event(now, EventKind.REQUESTED, now.terms().requestedAt(), Actor.CLIENT, Reason.CLIENT_ASKED)
                .with(asked(now.terms()));
    }

    static LedgerEvent presented(Consent.Presented now) {
        return event(now, EventKind.PRESENTED, now.presentedAt(), Actor.SERVICE, Reason.PERSON_SIGNED_IN);
    }

    static LedgerEvent granted(Consent.Active now) {
        return event(now, EventKind.GRANTED, now.grantedAt(), Actor.PERSON, Reason.PERSON_APPROVED)
                .with(decided(now));
    }

    static LedgerEvent refused(Consent.Refused now) {
        return event(now, EventKind.REFUSED, now.refusedAt(), Actor.PERSON, Reason.PERSON_REFUSED);
    }

    static LedgerEvent lapsed(Consent.Lapsed now) {
        return event(now, EventKind.LAPSED, now.lapsedAt(), Actor.SERVICE, Reason.NOT_DECIDED_IN_TIME);
    }

    static LedgerEvent paused(Consent.Paused now) {
        return event(now, EventKind.PAUSED, now.pausedAt(), Actor.PERSON, Reason.PERSON_PAUSED);
    }

    static LedgerEvent resumed(Consent.Active now, Instant at) {
        return event(now, EventKind.RESUMED, at, Actor.PERSON, Reason.PERSON_RESUMED);
    }

    /** The end of the record before, at the version that the amendment makes. */
    static LedgerEvent superseded(Consent.Standing now) {
        return event(now, EventKind.SUPERSEDED, now.grantedAt(), Actor.PERSON, Reason.SUPERSEDED_BY_AMENDMENT);
    }

    static LedgerEvent amended(Consent.Standing now, Reason reason) {
        return event(now, EventKind.AMENDED, now.grantedAt(), Actor.PERSON, reason)
                .with(decided(now));
    }

    static LedgerEvent amendmentRequested(Consent.Standing now, Amendment.Requested amendment) {
        Terms terms = amendment.ask().terms();
        return event(now, EventKind.AMENDMENT_REQUESTED, terms.requestedAt(), Actor.CLIENT, Reason.CLIENT_ASKED)
                .with(askedAnew(terms, now.granted()));
    }

    /** As {@link #asked}, but what the person has granted already is {@code kept}, or {@code dropped} if it is not asked for again. */
    private static Map<AttributeName, String> askedAnew(Terms terms, Set<AttributeName> granted) {
        var outcomes = new TreeMap<>(asked(terms));
        granted.forEach(name -> outcomes.put(name, outcomes.containsKey(name) ? "kept" : "dropped"));
        return outcomes;
    }

    static LedgerEvent amendmentPresented(Consent now, Instant at) {
        return event(now, EventKind.AMENDMENT_PRESENTED, at, Actor.SERVICE, Reason.PERSON_SIGNED_IN);
    }

    static LedgerEvent amendmentRefused(Consent now, Instant at) {
        return event(now, EventKind.AMENDMENT_REFUSED, at, Actor.PERSON, Reason.PERSON_REFUSED);
    }

    static LedgerEvent amendmentRefusedByService(Consent now, Instant at, Reason reason) {
        return event(now, EventKind.AMENDMENT_REFUSED, at, Actor.SERVICE, reason);
    }

    static LedgerEvent amendmentLapsed(Consent now, Instant at) {
        return event(now, EventKind.AMENDMENT_LAPSED, at, Actor.SERVICE, Reason.NOT_DECIDED_IN_TIME);
    }

    static LedgerEvent amendmentOvertaken(Consent now, Instant at) {
        return event(now, EventKind.AMENDMENT_LAPSED, at, Actor.SERVICE, Reason.GRANT_CHANGED_MEANWHILE);
    }

    static LedgerEvent ended(Consent.Ended now, Actor actor, Reason reason) {
        return event(now, kind(now.ending()), now.endedAt(), actor, reason);
    }

    static LedgerEvent expired(Consent.Ended now, Instant noticedAt) {
        return event(now, EventKind.EXPIRED, noticedAt, Actor.SERVICE, Reason.ACCESS_PERIOD_OVER);
    }

    /** What was asked for, as events have it: {@code required} or {@code optional}. */
    static Map<AttributeName, String> asked(Terms terms) {
        return each(terms.requested(), name -> terms.optional().contains(name) ? "optional" : "required");
    }

    private static Map<AttributeName, String> decided(Consent.Given now) {
        return each(now.terms().requested(), name -> now.granted().contains(name) ? "granted" : "declined");
    }

    private static EventKind kind(Ending ending) {
        return switch (ending) {
            case WITHDRAWN -> EventKind.WITHDRAWN;
            case REVOKED -> EventKind.REVOKED;
            case RELINQUISHED -> EventKind.RELINQUISHED;
            case INVALIDATED -> EventKind.INVALIDATED;
            case EXPIRED -> EventKind.EXPIRED;
            case EXHAUSTED -> EventKind.EXHAUSTED;
        };
    }

    static LedgerEvent event(Consent now, EventKind kind, Instant at, Actor actor, Reason reason) {
        Terms terms = now.terms();
        return LedgerEvent.of(kind, at, terms.grantId(), now.version(), terms.clientId(), actor)
                .because(reason.code());
    }

    private static Map<AttributeName, String> each(Set<AttributeName> names, Function<AttributeName, String> outcome) {
        return names.stream().collect(Collectors.toMap(name -> name, outcome));
    }
}
