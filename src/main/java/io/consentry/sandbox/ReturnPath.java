package io.consentry.sandbox;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes after signing in: a path of our own and nothing else, whoever wrote the link. What is no such path
 * becomes the person's own page.
 */
record ReturnPath(String value) {

    /** No second slash and no backslash, which browsers read as the start of a host; no control characters. */
    private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]{0,500}");

    static ReturnPath of(@Nullable String text) {
        return new ReturnPath(text != null && OWN.matcher(text).matches() && isUri(text) ? text : "/me");
    }

    URI in(String baseUrl) {
        return URI.create(baseUrl + value);
    }

    private static boolean isUri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getRawAuthority() == null && uri.getScheme() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
