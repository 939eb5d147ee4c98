package io.consentry.program.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that only one of the invented people has, in every form in which they could have been written down: as they are,
 * in capitals or not, URL-encoded, in base64 wherever they begin in it, in hex, in UTF-16, and as hashes without a key.
 */
final class Canaries {

    /** Shorter ones turn up by chance. */
    private static final int SHORTEST = 7;

    private static final Set<String> NOT_PERSONAL = Set.of("lastupdated", "source", "classification", "code");

    private final Map<Integer, List<Needle>> byStart = new HashMap<>();
    private final boolean[] starts = new boolean[1 << 16];
    private final Set<String> values = new TreeSet<>();
    private final Set<String> vocabulary;

    /** Words of code lists ({@code MARRIED}, {@code EMPLOYMENT PASS}) tell nothing where they stand without a person. */
    Canaries(Set<String> vocabulary) {
        this.vocabulary = Set.copyOf(vocabulary);
    }

    /** One form of one value. */
    private record Needle(byte[] bytes, String label) {}

    /** Adds a value; one that is short, a code word, or a date of these days is no canary and is passed over. */
    void add(String value) {
        boolean recent = value.matches("20(1[5-9]|[2-9][0-9])-.*");
        boolean word = vocabulary.contains(value) || value.matches("[A-Z]+(_[A-Z]+)+");
        boolean round = value.matches("[0-9]+(\\.0)?");
        if (value.length() >= SHORTEST && !word && !recent && !(round && value.length() < 8) && values.add(value)) {
            forms(value).forEach((form, bytes) -> needle(bytes, value + " " + form));
        }
    }

    /** Adds an identity number, which is a canary even as its hash: there are too few of them to hide in one. */
    void addIdentity(String number) {
        add(number);
        byte[] bytes = number.getBytes(StandardCharsets.UTF_8);
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
            try {
                byte[] hash = MessageDigest.getInstance(algorithm).digest(bytes);
                needle(hash, number + " as " + algorithm);
                needle(ascii(HexFormat.of().formatHex(hash)), number + " as " + algorithm + " in hex");
                needle(
                        ascii(Base64.getEncoder().encodeToString(hash).substring(0, 20)),
                        number + " as " + algorithm + " in base64");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Adds everything personal in a record, or in what an agency holds. */
    void addAll(JsonNode node) {
        node.properties().forEach(member -> {
            if (!NOT_PERSONAL.contains(member.getKey())) {
                addAll(member.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(this::addAll);
        }
        if (node.isValueNode()) {
            add(node.asText());
        }
    }

    int count() {
        return values.size();
    }

    /** Which values are in there, and in which form. */
    Set<String> in(byte[] data) {
        var found = new TreeSet<String>();
        for (int i = 0; i + 4 <= data.length; i++) {
            if (starts[(data[i] & 0xff) << 8 | data[i + 1] & 0xff]) {
                for (Needle needle : byStart.getOrDefault(start(data, i), List.of())) {
                    int end = i + needle.bytes().length;
                    if (end <= data.length && Arrays.equals(data, i, end, needle.bytes(), 0, needle.bytes().length)) {
                        found.add(needle.label());
                    }
                }
            }
        }
        return found;
    }

    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> forms(String value) {
        var forms = new LinkedHashMap<String, byte[]>();
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        forms.put("as it is", utf8);
        forms.put("in lower case", value.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        forms.put("in upper case", value.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.put("URL-encoded", ascii(encoded));
        forms.put("URL-encoded with %20", ascii(encoded.replace("+", "%20")));
        forms.put("in hex", ascii(HexFormat.of().formatHex(utf8)));
        forms.put("in HEX", ascii(HexFormat.of().withUpperCase().formatHex(utf8)));
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            forms.put("in " + charset, value.getBytes(charset));
        }
        for (int offset = 0; offset < 3; offset++) {
            forms.put("in base64 at " + offset, base64(Base64.getEncoder(), utf8, offset));
            forms.put("in base64url at " + offset, base64(Base64.getUrlEncoder(), utf8, offset));
        }
        return forms;
    }

    /** The characters that are the same whatever stands before and after the value. */
    private static byte[] base64(Base64.Encoder encoder, byte[] value, int offset) {
        var shifted = new byte[offset + value.length];
        System.arraycopy(value, 0, shifted, offset, value.length);
        byte[] text = encoder.encode(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = (offset + value.length) * 8 / 6;
        return Arrays.copyOfRange(text, from, to);
    }

    private void needle(byte[] bytes, String label) {
        List<Needle> same = byStart.computeIfAbsent(start(bytes, 0), none -> new ArrayList<>());
        if (same.stream().noneMatch(one -> Arrays.equals(one.bytes(), bytes))) {
            same.add(new Needle(bytes, label));
            starts[(bytes[0] & 0xff) << 8 | bytes[1] & 0xff] = true;
        }
    }

    private static int start(byte[] data, int at) {
        return (data[at] & 0xff) << 24 | (data[at + 1] & 0xff) << 16 | (data[at + 2] & 0xff) << 8 | data[at + 3] & 0xff;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
