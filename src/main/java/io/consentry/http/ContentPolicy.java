package io.consentry.http;

import java.net.URI;

/** The Content-Security-Policy of our pages (CSP Level 3): our own files, no inline script, no frames (RFC 9700 §4.16). */
public final class ContentPolicy {

    private static final String BASE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private ContentPolicy() {}

    /** The policy of every page that does not say otherwise. */
    public static String strict() {
        return BASE;
    }

    /**
     * The policy of a page whose form ends in a redirect to a client: browsers hold redirects after a POST against
     * {@code form-action} as well, so that one origin is named.
     */
    public static String formMayEndAt(URI redirectUri) {
        return BASE + " " + origin(redirectUri);
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
