package io.consentry.person;

import java.util.Arrays;
import java.util.Optional;

/** How surely a sign-in knows its person, in Singpass' levels of assurance; the later, the surer. */
public enum Assurance {
    /** By two factors. */
    TWO_FACTORS(2),
    /** By two factors, and the person's face. */
    FACE(3);

    private final int level;

    Assurance(int level) {
        this.level = level;
    }

    /** The {@code acr} value that stands for it (OpenID Connect Core §2). */
    public String acr() {
        return "urn:singpass:authentication:loa:" + level;
    }

    /** The number of the level, as tables hold it. */
    public int level() {
        return level;
    }

    /** Whether a sign-in of this level will do where that one is asked for. */
    public boolean reaches(Assurance wanted) {
        return level >= wanted.level;
    }

    public static Optional<Assurance> ofAcr(String acr) {
        return Arrays.stream(values()).filter(each -> each.acr().equals(acr)).findFirst();
    }

    public static Assurance ofLevel(int level) {
        return Arrays.stream(values())
                .filter(each -> each.level == level)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no level of assurance"));
    }
}
