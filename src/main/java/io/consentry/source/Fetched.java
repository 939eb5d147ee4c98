package io.consentry.source;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.AttributeName;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of one {@link Sources#fetch}.
 *
 * @param findings one for each wanted attribute and for no other
 * @param overReturned names (never values) of members that a source sent without being asked; they were dropped
 */
public record Fetched(Map<AttributeName, Finding> findings, Map<SourceId, Set<String>> overReturned) {

    public Fetched {
        findings = Map.copyOf(findings);
        overReturned = Map.copyOf(overReturned);
    }

    @Override
    public String toString() {
        return "Fetched[" + findings.size() + " findings, redacted]";
    }
}
