package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every decision on a grant, each held against the one before. */
@ApplicationScoped
public class Versions {

    private final Consents consents;

    Versions(Consents consents) {
        this.consents = consents;
    }

    /**
     * A decision.
     *
     * @param difference what it changed; empty for the first, and where the one before cannot be relied on any more
     */
    public record Version(ConsentRecord record, Optional<ConsentRecord.Difference> difference) {

        /** What was asked for and not granted by it. */
        public SortedSet<AttributeName> declined() {
            var declined = new TreeSet<>(record.terms().requested());
            declined.removeAll(record.decision().granted());
            return declined;
        }
    }

    /** Newest first. */
    public List<Version> of(GrantId grant) {
        List<ConsentRecord> records = consents.records(grant);
        Map<UUID, ConsentRecord> byId = records.stream()
                .collect(Collectors.toMap(each -> each.decision().recordId(), Function.identity()));
        return records.stream()
                .map(each -> new Version(
                        each,
                        each.decision()
                                .previous()
                                .flatMap(id -> Optional.ofNullable(byId.get(id)))
                                .map(each::since)))
                .toList();
    }
}
