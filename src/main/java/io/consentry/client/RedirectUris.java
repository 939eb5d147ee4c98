package io.consentry.client;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which addresses an answer may be sent to: https anywhere, plain http only to the developer's own machine (FAPI 2.0 §5.3.2.2-8). */
final class RedirectUris {

    /** RFC 8252 §7.3 wants literal loopback addresses; {@code localhost} is what developers register with Singpass. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /**
     * What an answer says to the client (RFC 6749 §4.1.2, RFC 9207 §2; {@code response} is JARM's): an address that carries one
     * of them already would have it there twice, and which of the two the client reads is for the attacker to hope.
     */
    private static final Set<String> ANSWERS =
            Set.of("code", "state", "iss", "error", "error_description", "error_uri", "response");

    private static final int LARGEST_PORT = 65_535;
    private static final Pattern NAMED_PORT = Pattern.compile(":(\\d+)$");

    private RedirectUris() {}

    /** What is wrong with the address, in words that finish "a redirect URI must …"; empty when it is fine. */
    static Optional<String> fault(URI uri) {
        if (uri.getRawFragment() != null) {
            return Optional.of("have no fragment (RFC 6749 §3.1.2)");
        }
        return httpFault(uri);
    }

    /** What its query may not have at registration, in the same words; empty when it is fine. */
    static Optional<String> queryFault(URI uri) {
        return Stream.of(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1))
                .map(parameter -> URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8))
                .filter(ANSWERS::contains)
                .findFirst()
                .map(name -> "have no " + name + " in its query, which is what the answer brings");
    }

    /** The same as {@link #fault} without the rule about fragments, for other addresses of a client. */
    static Optional<String> httpFault(URI uri) {
        String scheme = uri.getScheme();
        String authority = uri.getRawAuthority();
        if (scheme == null || authority == null) {
            return Optional.of("be an absolute https address with a host");
        }
        if (!hasAPossiblePort(authority)) {
            return Optional.of("have a port from 1 to " + LARGEST_PORT);
        }
        String host = uri.getHost();
        if (host == null) {
            return Optional.of(
                    "name its host by letters, digits, hyphens and dots, without an underscore (RFC 1123 §2.1)");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("name no user");
        }
        if (scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host))) {
            return Optional.empty();
        }
        return Optional.of("be https, or http on localhost or 127.0.0.1");
    }

    /** {@link URI} takes any port, and with one that fits into no number takes the whole for a name. */
    private static boolean hasAPossiblePort(String authority) {
        Matcher port = NAMED_PORT.matcher(authority);
        if (!port.find()) {
            return true;
        }
        var number = new BigInteger(port.group(1));
        return number.signum() > 0 && number.compareTo(BigInteger.valueOf(LARGEST_PORT)) <= 0;
    }
}
