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

    private static final List<String> NAMES = List.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "htm",
            "htu",
            "ath",
            "nonce",
            "alg",
            "typ",
            "kid",
            "jwk",
            "crit",
            "b64",
            "client_id",
            "request_uri",
            "uinfin",
            "decision",
            "declined",
            "userinfo",
            "id_token",
            "essential",
            "value",
            "values",
            "acr",
            "auth_time",
            "name",
            "__proto__",
            "@type",
            "class");

    private static final List<String> ODD_NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1e400",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "9223372036854775808",
            "0.1",
            "1".repeat(400),
            "253402300800",
            "1.7976931348623157e308");

    private static final List<String> ODD_JSON = List.of(
            "",
            " ",
            "null",
            "true",
            "0",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "{",
            "}",
            "{]",
            "{\"a\"}",
            "{'a':1}",
            "{a:1}",
            "NaN",
            "{\"a\":1,}",
            "{\"a\":01}",
            "/*x*/{}",
            "{\"a\":\"\u0001\"}",
            "[".repeat(3_000),
            "{\"a\":".repeat(2_000),
            "\uFEFF{}",
            "{\"\\ud800\":1}",
            "{\"a\":1}{\"a\":2}",
            "\u0000",
            "{\"a\":" + "9".repeat(3_000) + "}");

    private static final List<String> ODD_ENCODINGS = List.of(
            "%00",
            "%C0%80",
            "%C0%AF",
            "%E0%80%AF",
            "%F0%80%80%AF",
            "%ED%A0%80",
            "%ED%B0%80",
            "%EF%BB%BF",
            "%FE%FF",
            "%FF",
            "%F4%90%80%80",
            "%E2%80%AE",
            "%E2%80%8B",
            "%D0%B0",
            "%EF%BD%88",
            "%",
            "%4",
            "%G1",
            "%u0041",
            "+",
            "%0D%0A",
            "%09",
            "%7F",
            "%C2%85",
            "%F0%9F%92%A9",
            "%EF%BF%BF",
            "%25%30%30");

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

    /** JSON text, now and then of a kind that parsers choke on. */
    public String jsonText() {
        return switch (random.nextInt(6)) {
            case 0 -> oneOf(ODD_JSON);
            case 1 -> mutate(members());
            default -> members();
        };
    }

    private String members() {
        var text = new StringBuilder("{");
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(quoted()).append(':').append(value(3)).append(i == 0 ? "" : ",");
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> quoted();
            case 1 -> oneOf(ODD_NUMBERS);
            case 2 -> oneOf(List.of("true", "false", "null"));
            case 3 -> Long.toString(random.nextLong());
            case 4 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            default -> "{" + quoted() + ":" + value(depth - 1) + "," + quoted() + ":" + value(depth - 1) + "}";
        };
    }

    /** A JSON string, valid but for what is odd in it. */
    private String quoted() {
        return switch (random.nextInt(5)) {
            case 0 -> '"' + oneOf(NAMES) + '"';
            case 1 -> "\"\\ud800\"";
            case 2 -> "\"\\u0000\"";
            default -> '"' + text().replaceAll("[\\x00-\\x1F\"\\\\]", "_") + '"';
        };
    }

    /** The JSON text of an object with something done to it: a member twice, an odd number, nesting, a mark before it. */
    public String spoilJson(String json) {
        String rest = json.substring(1);
        String again = rest.length() > 1 ? rest.substring(0, rest.length() - 1) : "\"a\":1";
        return switch (random.nextInt(8)) {
            case 0 -> "{" + again + "," + rest;
            case 1 -> "{\"" + oneOf(NAMES) + "\":" + value(3) + "," + rest;
            case 2 -> json.replaceAll(":\\d+", ":" + oneOf(ODD_NUMBERS));
            case 3 -> "\uFEFF" + json;
            case 4 -> json + oneOf(List.of("{}", " ", "\u0000", ",", "]"));
            case 5 -> "[" + json + "]";
            case 6 -> "{\"deep\":" + "[".repeat(900) + "]".repeat(900) + "," + rest;
            default -> mutate(json);
        };
    }

    /** A compact JWT whose parts are encoded or counted oddly. */
    public String spoilCompact(String jwt) {
        List<String> parts = List.of(jwt.split("\\.", -1));
        return switch (random.nextInt(8)) {
            case 0 -> jwt + "=";
            case 1 -> jwt.replace('-', '+').replace('_', '/');
            case 2 -> jwt.replace(".", ".\n");
            case 3 -> jwt + "." + oneOf(parts);
            case 4 -> String.join(".", parts.subList(0, 2));
            case 5 -> parts.get(0) + ".." + parts.getLast();
            case 6 -> jwt + oneOf(List.of("A", "AA", " ", "\u00e9", "%", "~"));
            default -> mutate(jwt);
        };
    }

    /** URL-encoded bytes that are no UTF-8, or characters that look like others. */
    public String oddEncoding() {
        return oneOf(ODD_ENCODINGS);
    }

    /** The text without what an HTTP client refuses to send in a header. */
    public String headerValue(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "~");
    }
}
