package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.ledger.RecordedEvent;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One event; {@code outcomes} has what became of each attribute, where the event has any. {@code number} counts the person's events in
 * one log, from 1 on: a number that is missing is an event that was hidden.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityItem(
        String event,
        Instant at,
        @JsonProperty("client_id") ClientId clientId,
        @JsonProperty("grant_id") GrantId grantId,
        @Nullable String reason,
        SortedMap<String, String> outcomes,
        @JsonProperty("ledger_log") int ledgerLog,
        long number,
        @JsonProperty("ledger_index") @Nullable Long ledgerIndex,
        @JsonProperty("leaf_hash") String leafHash) {

    static ActivityItem of(RecordedEvent recorded) {
        var event = recorded.event();
        var outcomes = new TreeMap<String, String>();
        event.outcomes().forEach((name, outcome) -> outcomes.put(name.value(), outcome));
        return new ActivityItem(
                event.kind().wire(),
                event.at(),
                event.clientId(),
                event.grantId(),
                event.reason().orElse(null),
                outcomes,
                recorded.log().value(),
                recorded.number(),
                recorded.index().isPresent() ? recorded.index().getAsLong() : null,
                recorded.leafHash());
    }
}
