package io.consentry.client;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.OutsideTransaction;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The public keys of clients, registered by value or by address. Three tries at an address, each bounded by
 * {@link KeyAddress}; what is fetched is kept as {@link PublishedKeys} has it. A weak key is passed over, as at registration.
 */
@ApplicationScoped
public class KeySets {

    private static final Logger LOG = Logger.getLogger(KeySets.class);

    private final KeyAddress address;
    private final InstantSource clock;
    private final Guard threeTries = Guard.create()
            .withRetry()
            .maxRetries(2)
            .delay(100, ChronoUnit.MILLIS)
            .retryOn(IOException.class)
            .done()
            .build();
    private final Map<Place, PublishedKeys> published = new ConcurrentHashMap<>();

    KeySets(KeyAddress address, InstantSource clock) {
        this.address = address;
        this.clock = clock;
    }

    /** Whose keys are where: clients that share an address do not share what we know of it. */
    private record Place(ClientId client, URI address) {}

    /**
     * The client's keys that match, public parts only; none when no key does. Throws {@code client_keys_unreachable} when
     * they could not be fetched, which is no verdict on whoever asks.
     */
    public List<JWK> select(RegisteredClient client, JWKMatcher matcher) {
        return matching(client, new JWKSelector(matcher)).stream()
                .map(JWK::toPublicJWK)
                .filter(key -> !ClientKeys.isWeakRsa(key))
                .toList();
    }

    /** Those of the client's keys that may have signed what has this header: by kid, use, algorithm and operations. */
    public List<JWK> thatMayHaveSigned(RegisteredClient client, JWSHeader header) {
        return select(client, JWKMatcher.forJWSHeader(header)).stream()
                .filter(ClientKeys::mayVerify)
                .toList();
    }

    /** The client's elliptic-curve keys to encrypt to by the algorithm: one at least. */
    public List<JWK> toEncryptTo(RegisteredClient client, String alg) {
        List<JWK> keys = select(client, encryptedTo(alg)).stream()
                .filter(key -> ClientKeys.canBeEncryptedTo(key, alg))
                .toList();
        if (keys.isEmpty()) {
            throw unreachable();
        }
        return keys;
    }

    private static JWKMatcher encryptedTo(String alg) {
        return new JWKMatcher.Builder()
                .keyType(KeyType.EC)
                .keyUses(KeyUse.ENCRYPTION, null)
                .algorithms(JWEAlgorithm.parse(alg), null)
                .build();
    }

    private List<JWK> matching(RegisteredClient client, JWKSelector selector) {
        if (client.jwks().isPresent()) {
            return selector.select(byValue(client.jwks().get()));
        }
        OutsideTransaction.require("a client's server");
        try {
            var place = new Place(client.id(), client.jwksUri().orElseThrow());
            return published
                    .computeIfAbsent(place, at -> new PublishedKeys(() -> fetch(at.address()), clock))
                    .select(selector);
        } catch (PublishedKeys.UnreachableException e) {
            if (e.getCause() != null) {
                LOG.infof(
                        "The keys of client %s could not be fetched: %s",
                        client.id(), e.getCause().getMessage());
            }
            throw unreachable();
        }
    }

    private static JWKSet byValue(String jwks) {
        try {
            return JWKSet.parse(jwks);
        } catch (ParseException e) {
            throw new IllegalStateException("registered keys cannot be read", e);
        }
    }

    private JWKSet fetch(URI uri) throws IOException {
        try {
            return threeTries.call(() -> address.fetch(uri), JWKSet.class);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the keys could not be fetched", e);
        }
    }

    private static RuntimeException unreachable() {
        return Fault.of(FaultCode.CLIENT_KEYS_UNREACHABLE, "The address in jwks_uri gave no usable key set in time.")
                .expecting(
                        "a JWK set within 3 s, at most 64 KB and 16 keys, without a redirect, with a key for what is asked",
                        null)
                .suggesting("Check that the address answers, then try again.")
                .raise();
    }
}
