package io.consentry.client;

import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.outbound.Outbound;
import io.consentry.outbound.OutboundAnswer;
import io.consentry.outbound.OutboundRequest;
import io.consentry.outbound.OutboundRequest.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches a client's keys from the address that it registered: 3 s, 64 KB and 16 keys at most. */
@ApplicationScoped
class KeyAddress {

    static final int LARGEST_BYTES = 64 * 1024;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(3), LARGEST_BYTES);
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/jwk-set+json, application/json");
    private static final int OK = 200;

    private final Outbound outbound;

    KeyAddress(Outbound outbound) {
        this.outbound = outbound;
    }

    /** The key set at the address; an exception that says why there is none to be had. */
    JWKSet fetch(URI address) throws IOException {
        OutboundAnswer answer = outbound.send(new OutboundRequest(address, HEADERS, Optional.empty(), OK, LIMITS));
        if (answer.status() != OK) {
            throw new IOException("status " + answer.status());
        }
        try {
            return bounded(JWKSet.parse(answer.body()));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("what is there is no JWK set", e);
        }
    }

    private static JWKSet bounded(JWKSet keys) throws IOException {
        if (keys.size() > ClientKeys.MOST) {
            throw new IOException("more than " + ClientKeys.MOST + " keys");
        }
        return keys;
    }
}
