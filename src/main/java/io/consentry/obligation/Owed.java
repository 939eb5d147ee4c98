package io.consentry.obligation;

import io.consentry.catalogue.Purpose.Keeping;
import io.consentry.consent.Consent;
import io.consentry.consent.Ending;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * What is owed: by whom, to whom, because of what, and until when.
 *
 * @param recordId the decision that was in force at the end
 * @param version the version of the consent that ended
 * @param dueAt when it must be done; at that moment it is overdue
 */
public record Owed(
        GrantId grantId,
        UUID recordId,
        int version,
        ClientId clientId,
        PersonId person,
        Ending ending,
        Instant endedAt,
        Instant lastReleaseAt,
        Instant dueAt) {

    /**
     * What the end of a consent makes somebody owe; nothing if nothing was ever released under it.
     *
     * @param keeping as the purpose has it in the version that the consent was given under; where nobody knows any more, all
     *     is due at once
     */
    static Optional<Owed> of(Consent.Ended ended, Optional<Keeping> keeping) {
        return ended.usage()
                .lastReleaseAt()
                .map(last -> new Owed(
                        ended.terms().grantId(),
                        ended.decision().recordId(),
                        ended.version(),
                        ended.terms().clientId(),
                        ended.person(),
                        ended.ending(),
                        ended.endedAt(),
                        last,
                        keeping.map(rules -> due(ended, last, rules)).orElse(ended.endedAt())));
    }

    /**
     * Where somebody has ended the grant, within the time that the purpose allows for that; where time or use has, when the
     * retention period of the last release is over. An end never makes that period longer. Periods are counted in UTC.
     */
    private static Instant due(Consent.Ended ended, Instant lastRelease, Keeping keeping) {
        Instant retained =
                lastRelease.atZone(ZoneOffset.UTC).plus(keeping.retention()).toInstant();
        return switch (ended.ending()) {
            case EXPIRED, EXHAUSTED -> retained;
            case WITHDRAWN, REVOKED, RELINQUISHED, INVALIDATED -> {
                Instant within = ended.endedAt()
                        .atZone(ZoneOffset.UTC)
                        .plus(keeping.deleteWithin())
                        .toInstant();
                yield within.isBefore(retained) ? within : retained;
            }
        };
    }
}
