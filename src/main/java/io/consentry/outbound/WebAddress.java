package io.consentry.outbound;

import java.math.BigInteger;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an address that somebody registers must be like, in words that finish "it must …". */
public final class WebAddress {

    /** RFC 8252 §7.3 wants literal loopback addresses; {@code localhost} is what developers register with Singpass. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private static final int LARGEST_PORT = 65_535;
    private static final Pattern NAMED_PORT = Pattern.compile(":(\\d+)$");

    private WebAddress() {}

    /** What is wrong with an address that this service is to connect to; empty when it is fine. */
    public static Optional<String> outboundFault(URI uri, boolean publicOnly) {
        if (uri.getRawFragment() != null) {
            return Optional.of("have no fragment");
        }
        return publicOnly && "http".equals(uri.getScheme()) ? Optional.of("be an https address") : fault(uri);
    }

    /** What is wrong with an address of any use: https anywhere, plain http only on the developer's own machine. */
    public static Optional<String> fault(URI uri) {
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
