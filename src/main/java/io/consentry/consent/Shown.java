package io.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person read before they decided.
 *
 * @param language the language of the page, as a BCP 47 tag
 * @param digest SHA-256 in hex over the words that were shown, never over a value
 */
public record Shown(String language, String digest) {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64})?");

    /** A decision without a page, as the sandbox makes it for developers. */
    public static final Shown NOTHING = new Shown("und", "");

    public Shown {
        if (!LANGUAGE.matcher(language).matches() || !DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("not a language and a digest");
        }
    }

    /** That words in a language were shown; the same words have the same digest. */
    public static Shown of(Locale language, String words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return new Shown(language.toLanguageTag(), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
