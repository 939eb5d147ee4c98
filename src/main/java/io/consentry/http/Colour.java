package io.consentry.http;

import java.util.HexFormat;
import java.util.Locale;

/** A colour in sRGB, each part from 0 to 255. */
record Colour(int red, int green, int blue) {

    static final Colour WHITE = new Colour(255, 255, 255);
    static final Colour BLACK = new Colour(0, 0, 0);

    /** The least contrast of text that is not large (WCAG 2.2, 1.4.3). */
    static final double READABLE = 4.5;

    /** The contrast of text that is read with ease (WCAG 2.2, 1.4.6). */
    static final double EASY = 7;

    private static final int STEPS = 100;

    /** Reads {@code #rrggbb}; throws {@code IllegalArgumentException} for anything else. */
    static Colour parse(String text) {
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("a colour is #rrggbb, not " + text);
        }
        return new Colour(
                HexFormat.fromHexDigits(text, 1, 3),
                HexFormat.fromHexDigits(text, 3, 5),
                HexFormat.fromHexDigits(text, 5, 7));
    }

    /** This colour, moved towards another just as far as its contrast to a background asks. */
    Colour readableOn(Colour background, double contrast, Colour towards) {
        for (int step = 0; step <= STEPS; step++) {
            Colour moved = mixedWith(towards, (double) step / STEPS);
            if (moved.contrastTo(background) >= contrast) {
                return moved;
            }
        }
        return towards;
    }

    /** The same hue as light on a dark surface: its brightest form, softened. Mixing with white alone would turn it grey. */
    Colour glow() {
        int most = Math.max(1, Math.max(red, Math.max(green, blue)));
        var brightest = new Colour(red * 255 / most, green * 255 / most, blue * 255 / most);
        return brightest.mixedWith(WHITE, 0.45);
    }

    /** Black or white, whichever is read better on this colour. */
    Colour ink() {
        return contrastTo(WHITE) >= contrastTo(BLACK) ? WHITE : BLACK;
    }

    /** The contrast ratio (WCAG 2.2, definition of contrast ratio). */
    double contrastTo(Colour other) {
        double lighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    String css() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    private Colour mixedWith(Colour other, double share) {
        return new Colour(mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
