package io.consentry.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where to go after signing in: a path of our own and nothing else, so that no link of ours leads astray (CWE-601). */
public record ReturnTo(String path) {

    /** The person's own page. */
    public static final ReturnTo HOME = new ReturnTo("/me");

    private static final int LONGEST = 512;

    /** The path that was asked for, or {@link #HOME} when it is not our own. */
    public static ReturnTo of(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(ReturnTo::isOwn)
                .map(ReturnTo::new)
                .orElse(HOME);
    }

    /** The address under our base URL. */
    public URI in(String baseUrl) {
        return URI.create(baseUrl + path);
    }

    /** Browsers read a backslash as a slash and drop tabs and line breaks, and two slashes begin another host. */
    private static boolean isOwn(String text) {
        if (text.length() > LONGEST
                || !text.startsWith("/")
                || text.startsWith("//")
                || !text.matches("[!-~&&[^\\\\]]+")) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return uri.getScheme() == null
                    && uri.getRawAuthority() == null
                    && !uri.getRawPath().contains("//");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
