package io.consentry.kernel;

import java.util.regex.Pattern;

/**
 * A Singapore identity number (NRIC or FIN) whose check letter is right.
 *
 * <p>A personal value: it is never printed, logged or put into a URL; {@link #toString} redacts it.
 */
public record NationalId(String value) {

    private static final Pattern FORM = Pattern.compile("[STFGM][0-9]{7}[A-Z]");
    private static final int[] WEIGHTS = {2, 7, 6, 5, 4, 3, 2};

    public NationalId {
        if (!FORM.matcher(value).matches() || value.charAt(8) != checkLetter(value)) {
            throw new IllegalArgumentException("not an identity number");
        }
    }

    /** Whether the text is a well-formed identity number. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches() && text.charAt(8) == checkLetter(text);
    }

    /** Whether this number was given to a foreigner (FIN) rather than to a citizen or permanent resident. */
    public boolean isForeign() {
        return "FGM".indexOf(value.charAt(0)) >= 0;
    }

    private static char checkLetter(String text) {
        int sum = switch (text.charAt(0)) {
            case 'T', 'G' -> 4;
            case 'M' -> 3;
            default -> 0;
        };
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (text.charAt(i + 1) - '0');
        }
        String letters = switch (text.charAt(0)) {
            case 'S', 'T' -> "JZIHGFEDCBA";
            case 'M' -> "XWUTRQPNJLK";
            default -> "XWUTRQPNMLK";
        };
        return letters.charAt(sum % 11);
    }

    @Override
    public String toString() {
        return "NationalId[redacted]";
    }
}
