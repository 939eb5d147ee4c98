package io.consentry.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why an edge in a consent's life was made; stands in its ledger entry and in the events that clients get. */
public enum Reason {
    CLIENT_ASKED,
    PERSON_SIGNED_IN,
    PERSON_APPROVED,
    PERSON_REFUSED,
    NOT_DECIDED_IN_TIME,
    PERSON_PAUSED,
    PERSON_RESUMED,
    PERSON_NARROWED,
    PERSON_AMENDED,
    ANOTHER_PERSON_CAME,
    GRANT_CHANGED_MEANWHILE,
    SUPERSEDED_BY_AMENDMENT,
    PERSON_WITHDREW,
    CLIENT_RELINQUISHED,
    ACCESS_PERIOD_OVER,
    LAST_PERMITTED_RELEASE,
    ACCESS_GOES_ON,
    // What an operator or an authority may give
    CLIENT_SUSPENDED,
    CLIENT_REMOVED,
    PURPOSE_TEMPLATE_WITHDRAWN,
    SECURITY_INCIDENT,
    FRAUD_SUSPECTED,
    COURT_ORDER,
    SUBJECT_DECEASED,
    AUTHORITY_LAPSED;

    /** As it stands in an entry, for example {@code court_order}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of this code; an entry may have one of another kind, or of a later program. */
    static Optional<Reason> ofCode(String code) {
        return Stream.of(values()).filter(each -> each.code().equals(code)).findFirst();
    }

    /** Whether an operator or an authority may end a consent for this reason. */
    public boolean mayEndByOffice() {
        return compareTo(CLIENT_SUSPENDED) >= 0;
    }
}
