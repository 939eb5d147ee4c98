package io.consentry.client;

import io.consentry.outbound.WebAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which addresses an answer may be sent to: https anywhere, plain http only to the developer's own machine (FAPI 2.0 §5.3.2.2-8). */
final class RedirectUris {

    /**
     * What an answer says to the client (RFC 6749 §4.1.2, RFC 9207 §2; {@code response} is JARM's): an address that carries one
     * of them already would have it there twice, and which of the two the client reads is for the attacker to hope.
     */
    private static final Set<String> ANSWERS =
            Set.of("code", "state", "iss", "error", "error_description", "error_uri", "response");

    private RedirectUris() {}

    /** What is wrong with the address, in words that finish "a redirect URI must …"; empty when it is fine. */
    static Optional<String> fault(URI uri) {
        if (uri.getRawFragment() != null) {
            return Optional.of("have no fragment (RFC 6749 §3.1.2)");
        }
        return WebAddress.fault(uri);
    }

    /** What its query may not have at registration, in the same words; empty when it is fine. */
    static Optional<String> queryFault(URI uri) {
        return Stream.of(Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1))
                .map(parameter -> URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8))
                .filter(ANSWERS::contains)
                .findFirst()
                .map(name -> "have no " + name + " in its query, which is what the answer brings");
    }
}
