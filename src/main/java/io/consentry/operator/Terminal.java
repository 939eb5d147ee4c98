package io.consentry.operator;

import java.io.PrintStream;
import java.util.List;

/**
 * The person at the other end.
 *
 * @param isInteractive whether somebody sits there, who can be asked and for whom a line may change
 */
public record Terminal(PrintStream out, boolean isInteractive) {

    /** Where nobody sits: a file, a pipe, a test. */
    public Terminal(PrintStream out) {
        this(out, false);
    }

    void say(String sentence) {
        out.println(sentence);
    }

    /** Columns as wide as their widest cell, the first row being the heading; empty cells are dashes. */
    void table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], cell(row, i).length());
            }
        });
        rows.forEach(row -> {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(cell(row, i)).repeat(' ', widths[i] - cell(row, i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        });
    }

    private static String cell(List<String> row, int column) {
        return row.get(column).isEmpty() ? "-" : row.get(column);
    }
}
