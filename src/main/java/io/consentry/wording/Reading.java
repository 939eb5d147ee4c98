package io.consentry.wording;

import java.util.List;

/**
 * A value as a person reads it: lines, or a table where records repeat. Holds a personal value; does not print.
 *
 * @param columns the headings of {@code rows}; empty when there is no table
 */
public record Reading(List<String> lines, List<String> columns, List<List<String>> rows) {

    public static final Reading NOTHING = new Reading(List.of(), List.of(), List.of());

    public Reading {
        lines = List.copyOf(lines);
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    public static Reading lines(List<String> lines) {
        return new Reading(lines, List.of(), List.of());
    }

    public boolean isEmpty() {
        return lines.isEmpty() && rows.isEmpty();
    }

    public boolean isTable() {
        return !rows.isEmpty();
    }

    @Override
    public String toString() {
        return "Reading[redacted]";
    }
}
