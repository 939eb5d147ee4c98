package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a consent's state has to tell a person: since when, until when, and how it came to its end.
 *
 * @param grantedAt when it was first given; later decisions change it and leave this
 */
public record StatusDetails(
        Set<AttributeName> attributes,
        Set<AttributeName> declined,
        @Nullable Instant grantedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable UUID recordId,
        int generation) {

    /** @param now to judge what time has ended */
    public static StatusDetails of(Consent consent, Instant now) {
        return switch (consent) {
            case Consent.Ended it -> given(it, null, it.endedAt(), endedBy(it.ending()));
            case Consent.Standing it
            when it.hasExpired(now) -> given(it, null, it.expiresAt(), endedBy(Ending.EXPIRED));
            case Consent.Paused it -> given(it, it.pausedAt(), null, null);
            case Consent.Active it -> given(it, null, null, null);
            case Consent.Refused it -> undecided(it, it.refusedAt(), "person");
            case Consent.Lapsed it -> undecided(it, it.lapsedAt(), "service");
            case Consent.Undecided it when it.hasLapsed(now) -> undecided(it, it.lapsesAt(), "service");
            case Consent.Requested it -> undecided(it, null, null);
            case Consent.Presented it -> undecided(it, null, null);
            // What its row says may be false.
            case Consent.Damaged it -> new StatusDetails(Set.of(), Set.of(), null, null, null, null, null, null, 0);
        };
    }

    private static StatusDetails given(
            Consent.Given it, @Nullable Instant pausedAt, @Nullable Instant endedAt, @Nullable String endedBy) {
        return new StatusDetails(
                it.granted(),
                declined(it),
                it.decision().firstDecidedAt(),
                it.expiresAt(),
                pausedAt,
                endedAt,
                endedBy,
                it.decision().recordId(),
                it.decision().generation());
    }

    /** What was asked for and is not granted: declined then, or taken back since. */
    private static Set<AttributeName> declined(Consent.Given it) {
        var declined = new TreeSet<>(it.terms().requested());
        declined.removeAll(it.granted());
        return declined;
    }

    private static StatusDetails undecided(Consent it, @Nullable Instant endedAt, @Nullable String endedBy) {
        return new StatusDetails(it.terms().requested(), Set.of(), null, null, null, endedAt, endedBy, null, 0);
    }

    private static String endedBy(Ending ending) {
        return switch (ending) {
            case WITHDRAWN -> "person";
            case REVOKED -> "operator";
            case RELINQUISHED -> "client";
            case INVALIDATED -> "authority";
            case EXPIRED, EXHAUSTED -> "service";
        };
    }
}
