package io.consentry.release;

import java.util.Locale;

/** What became of one requested attribute. */
public enum AttributeOutcome {
    RELEASED,
    RECORD_NOT_FOUND,
    NOT_APPLICABLE,
    /** The source is down, or answered nonsense or about somebody else. */
    SOURCE_UNAVAILABLE,
    /** The source answered, and what it says of this attribute could not be read; waiting does not help. */
    SOURCE_MALFORMED,
    SOURCE_TIMEOUT,
    /** The person declined it. */
    WITHHELD_BY_PERSON,
    /** The client is no longer registered for it. */
    WITHHELD_BY_POLICY;

    /** As it stands in records and ledger events, for example {@code source_timeout}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
