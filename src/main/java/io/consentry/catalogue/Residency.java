package io.consentry.catalogue;

/** In what standing a person lives here, which decides what a source can know about them. */
public enum Residency {
    CITIZEN,
    PERMANENT_RESIDENT,
    FOREIGNER
}
