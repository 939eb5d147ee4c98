package io.consentry.catalogue;

/** How much harm an attribute does in the wrong hands, or read over a shoulder. */
public enum Sensitivity {
    /** Known to many, or says little by itself. */
    LOW,
    /** Finds or describes a person. */
    MODERATE,
    /** Identity numbers, money, health, offences, study results: pages mask it until the person asks to see it. */
    HIGH;

    /** Whether a page hides the value by default. */
    public boolean isMasked() {
        return this == HIGH;
    }
}
