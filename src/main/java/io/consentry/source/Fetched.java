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

    /** The finding for an attribute that was wanted. */
    public Finding finding(AttributeName name) {
        Finding finding = findings.get(name);
        if (finding == null) {
            throw new IllegalArgumentException("was not wanted: " + name);
        }
        return finding;
    }

    @Override
    public String toString() {
        return "Fetched[" + findings.size() + " findings, redacted]";
    }
}
