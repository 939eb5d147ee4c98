package io.consentry.token;

import com.nimbusds.jose.util.Base64URL;
import io.consentry.key.MasterKey;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nonces for DPoP proofs (RFC 9449 §8, §9), for clients that are registered for them.
 *
 * <p>A nonce is a keyed hash of a span of time, so that every node knows those of every other and none is stored. It is good
 * in its span and the next. What a nonce guarantees is that a proof was not made
 * long before; that it is used once is the affair of its {@code jti}.
 */
@ApplicationScoped
class DpopNonces {

    static final String HEADER = "DPoP-Nonce";
    private static final int BYTES = 16;

    private final MasterKey master;
    private final InstantSource clock;
    private final CurrentVertxRequest request;
    private final Duration span;
    private final Duration skew;

    DpopNonces(MasterKey master, InstantSource clock, CurrentVertxRequest request, TokenSettings settings) {
        this.master = master;
        this.clock = clock;
        this.request = request;
        this.span = settings.nonceSpan();
        this.skew = settings.clockSkew();
    }

    /** Sends a fresh nonce with the answer to the present request, whatever that will be. */
    void handOut() {
        request.getCurrent().response().putHeader(HEADER, at(clock.instant()));
    }

    /** Whether we handed this nonce out a short time ago; a node whose clock is ahead of ours may have. */
    boolean isFresh(@Nullable Object nonce) {
        Instant now = clock.instant();
        return nonce instanceof String text
                && Stream.of(now, now.minus(span), now.plus(skew)).anyMatch(time -> same(text, at(time)));
    }

    private String at(Instant time) {
        long number = time.getEpochSecond() / span.toSeconds();
        byte[] hash = master.keyedHash("dpop-nonce", Long.toString(number));
        return Base64URL.encode(Arrays.copyOf(hash, BYTES)).toString();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
