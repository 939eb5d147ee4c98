package io.consentry.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of an address that somebody else chose. It does not print: headers may hold the other side's secret.
 *
 * @param body what is posted; a GET when empty
 * @param bodyOf the one status whose answer's body is read; whatever else it may say with others does not matter
 * @param limits how much of our patience it has
 */
public record OutboundRequest(
        URI address, Map<String, String> headers, Optional<String> body, int bodyOf, Limits limits) {

    public OutboundRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * The bounds of one exchange.
     *
     * @param within from the look-up of the name to the last byte of the answer
     * @param bytes how long the body of an answer may be
     */
    public record Limits(Duration within, int bytes) {}

    @Override
    public String toString() {
        return "OutboundRequest[redacted]";
    }
}
