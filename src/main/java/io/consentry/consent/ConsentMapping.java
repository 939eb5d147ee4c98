package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.PersonId;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Between a consent's row and its state. A row that fits no state is refused: it was not written by this program. */
final class ConsentMapping {

    private ConsentMapping() {}

    static Consent toConsent(ConsentRow row) {
        return switch (row.state) {
            case "requested" -> new Consent.Requested(terms(row), row.version, row.lapsesAt);
            case "presented" ->
                new Consent.Presented(terms(row), row.version, row.lapsesAt, person(row), need(row.presentedAt));
            case "granted" ->
                new Consent.Granted(
                        terms(row),
                        row.version,
                        person(row),
                        names(row.granted),
                        need(row.decidedAt),
                        need(row.expiresAt));
            case "refused" -> new Consent.Refused(terms(row), row.version, need(row.endedAt));
            case "lapsed" -> new Consent.Lapsed(terms(row), row.version, need(row.endedAt));
            case "withdrawn" ->
                new Consent.Withdrawn(
                        terms(row),
                        row.version,
                        person(row),
                        names(row.granted),
                        need(row.decidedAt),
                        need(row.expiresAt),
                        need(row.endedAt));
            case "expired" ->
                new Consent.Expired(
                        terms(row),
                        row.version,
                        person(row),
                        names(row.granted),
                        need(row.decidedAt),
                        need(row.expiresAt));
            default -> throw new IllegalStateException("a consent in no known state: " + row.state);
        };
    }

    static ConsentRow newRow(Consent.Requested consent) {
        var row = new ConsentRow();
        Terms terms = consent.terms();
        row.grantId = terms.grantId().value();
        row.clientId = terms.clientId().value();
        row.purpose = terms.purpose();
        row.requested = texts(terms.requested());
        row.optional = texts(terms.optional());
        row.granted = new String[0];
        row.requestedAt = terms.requestedAt();
        row.lapsesAt = consent.lapsesAt();
        apply(consent, row);
        return row;
    }

    /** Writes what the state adds; what earlier states wrote stays. */
    static void apply(Consent consent, ConsentRow row) {
        row.state = consent.state();
        row.version = consent.version();
        switch (consent) {
            case Consent.Requested requested -> row.lapsesAt = requested.lapsesAt();
            case Consent.Presented presented -> {
                row.personId = presented.person().value();
                row.presentedAt = presented.presentedAt();
            }
            case Consent.Granted granted -> {
                row.granted = texts(granted.granted());
                row.decidedAt = granted.grantedAt();
                row.expiresAt = granted.expiresAt();
            }
            case Consent.Refused refused -> {
                row.decidedAt = refused.refusedAt();
                row.endedAt = refused.refusedAt();
            }
            case Consent.Lapsed lapsed -> row.endedAt = lapsed.lapsedAt();
            case Consent.Withdrawn withdrawn -> row.endedAt = withdrawn.withdrawnAt();
            case Consent.Expired expired -> row.endedAt = expired.expiresAt();
        }
    }

    private static Terms terms(ConsentRow row) {
        return new Terms(
                new GrantId(row.grantId),
                new ClientId(row.clientId),
                row.purpose,
                names(row.requested),
                names(row.optional),
                row.requestedAt);
    }

    private static PersonId person(ConsentRow row) {
        return new PersonId(need(row.personId));
    }

    private static <T> T need(@Nullable T value) {
        return Objects.requireNonNull(value, "a consent row lacks what its state needs");
    }

    private static SortedSet<AttributeName> names(String[] texts) {
        var names = new TreeSet<AttributeName>();
        Arrays.stream(texts).map(AttributeName::new).forEach(names::add);
        return names;
    }

    private static String[] texts(SortedSet<AttributeName> names) {
        return names.stream().map(AttributeName::value).toArray(String[]::new);
    }
}
