package io.consentry.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoilt input by a seeded generator: the same seed, the same input. */
public final class Mutations {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "\u0000",
            "%",
            "%00",
            "%zz",
            "&",
            "=",
            "&&==",
            ".",
            "..",
            "/",
            "\\",
            "\"",
            "'",
            "<script>",
            "{x}",
            "${x}",
            "{{x}}",
            "\r\n",
            "\u202E",
            "\uFFFD",
            "\uFEFF",
            "💩",
            "é",
            "ß".repeat(300),
            "A".repeat(2_000),
            "-1",
            "1e999",
            "9223372036854775808",
            "null",
            "true",
            "[]",
            "urn:ietf:params:oauth:request_uri:",
            "http://[::1",
            "javascript:0",
            "eyJhbGciOiJub25lIn0.e30.",
            "a.b.c.d.e",
            "' or 1=1 --",
            "openid openid",
            "cpfbalances");

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    public boolean coin() {
        return random.nextBoolean();
    }

    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A text from the list of odd ones, or of random characters. */
    public String text() {
        if (random.nextInt(3) > 0) {
            return oneOf(ODD);
        }
        var text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x10FFFF) : random.nextInt(0x7F);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
        }
        return text.toString();
    }

    /** The text with up to four places cut out, doubled, flipped or replaced. */
    public String mutate(String text) {
        var result = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !result.isEmpty(); i--) {
            int at = random.nextInt(result.length());
            int end = Math.min(result.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> result.delete(at, end);
                case 1 -> result.insert(at, result.substring(at, end));
                case 2 -> result.setCharAt(at, (char) (result.charAt(at) ^ 1 << random.nextInt(7)));
                case 3 -> result.insert(at, text());
                default -> result.setLength(at);
            }
        }
        return result.toString();
    }

    /** A value of any JSON type. */
    public Object json() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * Double.MAX_VALUE;
            case 2 -> random.nextBoolean();
            case 3 -> Map.of(text(), text());
            case 4 -> List.of(text(), random.nextInt());
            case 5 -> new ArrayList<>(List.of(List.of(), Map.of()));
            default -> text();
        };
    }

    /** The text without what an HTTP client refuses to send in a header. */
    public String headerValue(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "~");
    }
}
