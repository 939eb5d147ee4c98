package io.consentry.me;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How many events of a person a log has. */
public record LogCount(@JsonProperty("ledger_log") int ledgerLog, long events) {}
