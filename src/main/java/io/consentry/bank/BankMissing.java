package io.consentry.bank;

import java.util.Locale;

/** Why a value did not come, as the {@code consent} block of the record says it. */
enum BankMissing {
    RECORDNOTFOUND,
    NOTAPPLICABLE,
    SOURCEUNAVAILABLE,
    SOURCEMALFORMED,
    SOURCETIMEOUT,
    WITHHELDBYPERSON,
    WITHHELDBYPOLICY,
    /** The source has a record, and in it this is blank. */
    BLANK;

    /** Whether asking again may help. */
    boolean mayComeLater() {
        return this == SOURCEUNAVAILABLE || this == SOURCETIMEOUT;
    }

    /** Reads an outcome; one that this bank does not know yet is a source that gave nothing. */
    static BankMissing ofOutcome(String wire) {
        String name = wire.replace("_", "").toUpperCase(Locale.ROOT);
        for (BankMissing known : values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return wire.equals("released") ? BLANK : SOURCEUNAVAILABLE;
    }
}
