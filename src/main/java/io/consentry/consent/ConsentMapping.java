package io.consentry.consent;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Between a consent's row and its state. A row that fits no state is refused: it was not written by this program. */
final class ConsentMapping {

    /** Stands for whatever is no client's identifier. */
    private static final ClientId NOBODY = new ClientId("~nobody~");

    private ConsentMapping() {}

    static Consent toConsent(ConsentRow row) {
        return switch (Status.ofWire(row.state)) {
            case REQUESTED -> new Consent.Requested(terms(row), row.version, row.lapsesAt);
            case PRESENTED ->
                new Consent.Presented(terms(row), row.version, row.lapsesAt, person(row), need(row.presentedAt));
            case REFUSED -> new Consent.Refused(terms(row), row.version, person(row), need(row.endedAt));
            case LAPSED ->
                new Consent.Lapsed(
                        terms(row),
                        row.version,
                        Optional.ofNullable(row.personId).map(PersonId::new),
                        need(row.endedAt));
            case ACTIVE -> new Consent.Active(terms(row), row.version, decision(row), usage(row));
            case PAUSED -> new Consent.Paused(terms(row), row.version, decision(row), usage(row), need(row.pausedAt));
            case WITHDRAWN, REVOKED, RELINQUISHED, INVALIDATED, EXPIRED, EXHAUSTED ->
                new Consent.Ended(
                        terms(row),
                        row.version,
                        decision(row),
                        usage(row),
                        Ending.of(Status.ofWire(row.state)),
                        need(row.endedAt));
            case DAMAGED -> throw new IllegalStateException("nobody writes a damaged row");
        };
    }

    /** What can be said of a row that nobody vouches for; its version is the ledger's, so that no entry is filed under a false one. */
    static Consent.Damaged damaged(ConsentRow row) {
        var terms = new Terms(
                new GrantId(row.grantId),
                ClientId.isOne(row.clientId) ? new ClientId(row.clientId) : NOBODY,
                new PurposeVersion(row.purpose, row.templateVersion),
                new TreeSet<>(),
                new TreeSet<>(),
                row.requestedAt);
        return new Consent.Damaged(terms, row.recordedVersion);
    }

    static ConsentRow newRow(Consent.Requested consent) {
        var row = new ConsentRow();
        Terms terms = consent.terms();
        row.grantId = terms.grantId().value();
        row.log = terms.grantId().log().column();
        row.clientId = terms.clientId().value();
        row.granted = new String[0];
        row.lapsesAt = consent.lapsesAt();
        apply(consent, row);
        return row;
    }

    /** Writes what the state adds; what earlier states wrote stays. */
    static void apply(Consent consent, ConsentRow row) {
        row.state = consent.status().wire();
        row.version = consent.version();
        apply(consent.terms(), row);
        if (consent instanceof Consent.Given given) {
            apply(given.decision(), row);
            apply(given.usage(), row);
        }
        switch (consent) {
            case Consent.Requested requested -> row.lapsesAt = requested.lapsesAt();
            case Consent.Presented presented -> {
                row.personId = presented.person().value();
                row.presentedAt = presented.presentedAt();
            }
            case Consent.Active active -> row.pausedAt = null;
            case Consent.Paused paused -> row.pausedAt = paused.pausedAt();
            case Consent.Refused refused -> {
                row.decidedAt = refused.refusedAt();
                row.endedAt = refused.refusedAt();
            }
            case Consent.Lapsed lapsed -> row.endedAt = lapsed.lapsedAt();
            case Consent.Ended ended -> row.endedAt = ended.endedAt();
            case Consent.Damaged damaged -> throw new IllegalStateException("a damaged consent is never written");
        }
    }

    private static void apply(Terms terms, ConsentRow row) {
        row.purpose = terms.purpose().code();
        row.templateVersion = terms.purpose().version();
        row.requested = texts(terms.requested());
        row.optional = texts(terms.optional());
        row.requestedAt = terms.requestedAt();
    }

    private static void apply(Decision decision, ConsentRow row) {
        row.recordId = decision.recordId();
        row.previousRecordId = decision.previous().orElse(null);
        row.generation = decision.generation();
        row.granted = texts(decision.granted());
        row.firstDecidedAt = decision.firstDecidedAt();
        row.decidedAt = decision.decidedAt();
        row.expiresAt = decision.expiresAt();
        row.language = decision.shown().language();
        row.shownDigest = decision.shown().digest();
    }

    private static void apply(Usage usage, ConsentRow row) {
        row.releaseCount = usage.releases();
        row.lastReleaseAt = usage.lastReleaseAt().orElse(null);
        row.usageWindow = usage.window();
        row.usedInWindow = usage.inWindow();
    }

    private static Terms terms(ConsentRow row) {
        return new Terms(
                new GrantId(row.grantId),
                new ClientId(row.clientId),
                new PurposeVersion(row.purpose, row.templateVersion),
                names(row.requested),
                names(row.optional),
                row.requestedAt);
    }

    private static Decision decision(ConsentRow row) {
        return new Decision(
                need(row.recordId),
                Optional.ofNullable(row.previousRecordId),
                row.generation,
                person(row),
                names(row.granted),
                need(row.decidedAt),
                need(row.firstDecidedAt),
                need(row.expiresAt),
                new Shown(need(row.language), need(row.shownDigest)));
    }

    private static Usage usage(ConsentRow row) {
        return new Usage(row.releaseCount, Optional.ofNullable(row.lastReleaseAt), row.usageWindow, row.usedInWindow);
    }

    private static PersonId person(ConsentRow row) {
        return new PersonId(need(row.personId));
    }

    static <T> T need(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a row lacks what its state needs");
        }
        return value;
    }

    static SortedSet<AttributeName> names(String[] texts) {
        var names = new TreeSet<AttributeName>();
        Arrays.stream(texts).map(AttributeName::new).forEach(names::add);
        return names;
    }

    static String[] texts(SortedSet<AttributeName> names) {
        return names.stream().map(AttributeName::value).toArray(String[]::new);
    }
}
