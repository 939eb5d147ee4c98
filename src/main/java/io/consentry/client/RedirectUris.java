package io.consentry.client;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Which addresses an answer may be sent to: https anywhere, plain http only to the developer's own machine (FAPI 2.0 §5.3.2.2-8). */
final class RedirectUris {

    /** RFC 8252 §7.3 wants literal loopback addresses; {@code localhost} is what developers register with Singpass. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private RedirectUris() {}

    /** What is wrong with the address, in words that finish "a redirect URI must …"; empty when it is fine. */
    static Optional<String> fault(URI uri) {
        if (uri.getRawFragment() != null) {
            return Optional.of("have no fragment (RFC 6749 §3.1.2)");
        }
        return httpFault(uri);
    }

    /** The same without the rule about fragments, for other addresses of a client. */
    static Optional<String> httpFault(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null) {
            return Optional.of("be an absolute https address with a host");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("name no user");
        }
        if (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host))) {
            return Optional.empty();
        }
        return Optional.of("be https, or http on localhost or 127.0.0.1");
    }
}
