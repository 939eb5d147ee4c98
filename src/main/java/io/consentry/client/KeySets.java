package io.consentry.client;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The public keys of clients, registered by value or by address.
 *
 * <p>Three tries, each bounded by {@link KeyAddress}. What is fetched is kept for an hour; a {@code kid} that is not in it is looked for once more at the address, at most
 * every half minute. A weak key is passed over, as at registration.
 */
@ApplicationScoped
public class KeySets {

    private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();
    private static final long FETCH_MILLIS = Duration.ofSeconds(15).toMillis();
    private static final long BETWEEN_FETCHES_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final JWKMatcher TO_ENCRYPT_TO = new JWKMatcher.Builder()
            .keyType(KeyType.EC)
            .keyUse(KeyUse.ENCRYPTION)
            .build();

    private final KeyAddress address;
    private final Guard threeTries = Guard.create()
            .withRetry()
            .maxRetries(2)
            .delay(100, ChronoUnit.MILLIS)
            .retryOn(IOException.class)
            .done()
            .build();
    private final Map<URI, JWKSource<SecurityContext>> fetched = new ConcurrentHashMap<>();

    KeySets(Settings settings) {
        this.address = new KeyAddress(!settings.isSandbox());
    }

    /**
     * The client's keys that match, public parts only; none when no key does. Throws {@code client_keys_unreachable} when
     * they could not be fetched, which is no verdict on whoever asks.
     */
    public List<JWK> select(RegisteredClient client, JWKMatcher matcher) {
        try {
            return source(client).get(new JWKSelector(matcher), null).stream()
                    .map(JWK::toPublicJWK)
                    .filter(key -> !ClientKeys.isWeakRsa(key))
                    .toList();
        } catch (RateLimitReachedException e) {
            return List.of();
        } catch (KeySourceException e) {
            throw unreachable();
        }
    }

    /** The client's elliptic-curve keys to encrypt to: one at least. */
    public List<JWK> toEncryptTo(RegisteredClient client) {
        List<JWK> keys = select(client, TO_ENCRYPT_TO);
        if (keys.isEmpty()) {
            throw unreachable();
        }
        return keys;
    }

    private JWKSource<SecurityContext> source(RegisteredClient client) {
        return client.jwks()
                .<JWKSource<SecurityContext>>map(KeySets::byValue)
                .orElseGet(() -> fetched.computeIfAbsent(client.jwksUri().orElseThrow(), this::byAddress));
    }

    private static JWKSource<SecurityContext> byValue(String jwks) {
        try {
            return new ImmutableJWKSet<>(JWKSet.parse(jwks));
        } catch (ParseException e) {
            throw new IllegalStateException("registered keys cannot be read", e);
        }
    }

    private JWKSource<SecurityContext> byAddress(URI uri) {
        try {
            return JWKSourceBuilder.create(uri.toURL(), this::fetch)
                    .cache(KEPT_MILLIS, FETCH_MILLIS)
                    .rateLimited(BETWEEN_FETCHES_MILLIS)
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a registered address is none", e);
        }
    }

    private Resource fetch(URL url) throws IOException {
        try {
            return threeTries.call(() -> address.retrieveResource(url), Resource.class);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the keys could not be fetched", e);
        }
    }

    private static RuntimeException unreachable() {
        return Fault.of(FaultCode.CLIENT_KEYS_UNREACHABLE, "The address in jwks_uri gave no usable key set in time.")
                .expecting(
                        "a JWK set within 3 s, at most 64 KB, without a redirect, with a key for what is asked", null)
                .suggesting("Check that the address answers, then try again.")
                .raise();
    }
}
