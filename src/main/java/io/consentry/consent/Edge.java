package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.ledger.Actor;
import io.consentry.ledger.EventKind;
import io.consentry.ledger.LedgerEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ledger event of each edge in a consent's life. */
final class Edge {

    private Edge() {}

    static LedgerEvent requested(Consent.Requested now) {
        Set<AttributeName> optional = now.terms().optional();
        return event(now, EventKind.REQUESTED, now.terms().requestedAt(), Actor.CLIENT)
                .with(each(now.terms().requested(), name -> optional.contains(name) ? "optional" : "required"));
    }

    static LedgerEvent presented(Consent.Presented now) {
        return event(now, EventKind.PRESENTED, now.presentedAt(), Actor.SERVICE);
    }

    static LedgerEvent granted(Consent.Granted now) {
        return event(now, EventKind.GRANTED, now.grantedAt(), Actor.PERSON)
                .with(each(now.terms().requested(), name -> now.granted().contains(name) ? "granted" : "declined"));
    }

    static LedgerEvent refused(Consent.Refused now, Actor actor, Optional<String> reason) {
        LedgerEvent event = event(now, EventKind.REFUSED, now.refusedAt(), actor);
        return reason.map(event::because).orElse(event);
    }

    static LedgerEvent lapsed(Consent.Lapsed now) {
        return event(now, EventKind.LAPSED, now.lapsedAt(), Actor.SERVICE).because("not_decided_in_time");
    }

    static LedgerEvent withdrawn(Consent.Withdrawn now) {
        return event(now, EventKind.WITHDRAWN, now.withdrawnAt(), Actor.PERSON);
    }

    static LedgerEvent expired(Consent.Expired now, Instant noticedAt) {
        return event(now, EventKind.EXPIRED, noticedAt, Actor.SERVICE).because("access_period_over");
    }

    private static LedgerEvent event(Consent now, EventKind kind, Instant at, Actor actor) {
        Terms terms = now.terms();
        return LedgerEvent.of(kind, at, terms.grantId(), now.version(), terms.clientId(), actor);
    }

    private static Map<AttributeName, String> each(
            Set<AttributeName> names, java.util.function.Function<AttributeName, String> outcome) {
        return names.stream().collect(Collectors.toMap(name -> name, outcome));
    }
}
