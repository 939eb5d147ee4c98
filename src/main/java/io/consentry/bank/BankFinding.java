package io.consentry.bank;

import io.consentry.kernel.AttributeName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the record says to one question. */
sealed interface BankFinding {

    /**
     * A value. Personal; does not print.
     *
     * @param lines as it is shown, line by line, never empty; of a table, its rows with cells parted by tabs
     * @param answer as it would be typed, or the name of the option
     * @param by the attribute that gave it
     * @param asAt when the source recorded it
     * @param provenance who stands behind it
     */
    record Value(List<String> lines, String answer, AttributeName by, Optional<LocalDate> asAt, Provenance provenance)
            implements BankFinding {

        public Value {
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return "Value[redacted]";
        }
    }

    /** No value, and why; {@code retryAfter} in seconds where the source said when to come back. */
    record Absent(BankMissing why, OptionalLong retryAfter) implements BankFinding {}

    /** Myinfo's {@code source} of a value. */
    enum Provenance {
        GOVERNMENT,
        /** Contact details that Singpass has checked. */
        CHECKED,
        /** What the person once said; nobody checked it. */
        DECLARED;

        static Provenance of(String source) {
            return switch (source) {
                case "1" -> GOVERNMENT;
                case "4" -> CHECKED;
                default -> DECLARED;
            };
        }
    }
}
