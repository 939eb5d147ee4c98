package io.consentry.token;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An access token as a request to a protected resource sends it: in the {@code Authorization} header (FAPI 2.0 §5.3.4-1), and
 * never in a form (RFC 6750 §2.2), which nobody here reads. Does not print.
 */
record SentToken(AccessTokenScheme scheme, Handle token) {

    /** Reads every {@code Authorization} header of a request, of which there may be one. Schemes are read in any case (RFC 9110 §11.1). */
    static SentToken of(List<String> authorization) {
        if (authorization.size() > 1) {
            throw Fault.of(FaultCode.MALFORMED_REQUEST, "Send one Authorization header.")
                    .expecting("one", authorization.size() + " of them")
                    .raise();
        }
        return authorization.stream()
                .flatMap(header -> read(header).stream())
                .findFirst()
                .orElseThrow(() -> missing(AccessTokenScheme.DPOP, authorization.isEmpty() ? null : "another scheme"));
    }

    private static Optional<SentToken> read(String header) {
        return Arrays.stream(AccessTokenScheme.values())
                .filter(scheme -> header.regionMatches(
                        true, 0, scheme.wire() + " ", 0, scheme.wire().length() + 1))
                .map(scheme -> new SentToken(
                        scheme,
                        new Handle(header.substring(scheme.wire().length()).strip())))
                .findFirst();
    }

    /**
     * Refuses the token as one that was not sent when it came by another scheme than that of its binding: a token that is bound
     * to a key of DPoP is no bearer token (RFC 9449 §7.2).
     */
    void mustBeSentFor(Binding binding) {
        AccessTokenScheme wanted = AccessTokenScheme.of(binding);
        if (scheme != wanted) {
            throw missing(wanted, "another scheme");
        }
    }

    private static RuntimeException missing(
            AccessTokenScheme wanted, @org.jspecify.annotations.Nullable String received) {
        return Fault.of(
                        FaultCode.MISSING_ACCESS_TOKEN,
                        "Send the token in an Authorization header of scheme " + wanted.wire() + ".")
                .expecting("Authorization: " + wanted.wire() + " …", received)
                .raise();
    }

    @Override
    public String toString() {
        return "SentToken[redacted]";
    }
}
