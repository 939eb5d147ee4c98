package io.consentry.ledger;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One thing that happened to a grant. Holds names of attributes and what became of them, never a value.
 *
 * @param recordId this event's own id, random
 * @param at when, in UTC, to the millisecond
 * @param version the version of the consent that it happened to
 * @param reason a reason code, where the kind alone does not say why
 * @param outcomes by attribute: what was asked, granted or released, as far as the kind has any
 */
public record LedgerEvent(
        UUID recordId,
        EventKind kind,
        Instant at,
        GrantId grantId,
        int version,
        ClientId clientId,
        Actor actor,
        Optional<String> reason,
        SortedMap<AttributeName, String> outcomes) {

    public LedgerEvent {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** A new event without attributes. */
    public static LedgerEvent of(
            EventKind kind, Instant at, GrantId grantId, int version, ClientId clientId, Actor actor) {
        return new LedgerEvent(
                UUID.randomUUID(), kind, at, grantId, version, clientId, actor, Optional.empty(), new TreeMap<>());
    }

    /** This event with a reason code. */
    public LedgerEvent because(String code) {
        return new LedgerEvent(recordId, kind, at, grantId, version, clientId, actor, Optional.of(code), outcomes);
    }

    /** This event with what became of each attribute. */
    public LedgerEvent with(Map<AttributeName, String> each) {
        return new LedgerEvent(recordId, kind, at, grantId, version, clientId, actor, reason, new TreeMap<>(each));
    }
}
