package io.consentry.catalogue;

/** What a leaf of the record holds, once its source has one; a leaf that does not apply is an empty string instead. */
public enum LeafType {
    TEXT,
    /** A code of a table, or of the source's own when the leaf names none; its description stands beside it. */
    CODE,
    /** {@code YYYY-MM-DD}, or empty. */
    DATE,
    /** {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}: some births and months are known no better. */
    PARTIAL_DATE,
    /** RFC 3339, with offset. */
    DATE_TIME,
    /** A JSON number; money has two decimals. */
    NUMBER,
    /** A JSON number without a fraction. */
    INTEGER,
    BOOLEAN
}
