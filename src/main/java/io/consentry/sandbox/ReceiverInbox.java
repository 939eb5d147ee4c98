package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the example receiver got for each client, the latest first, and how it misbehaves. Lives as long as this node. */
@ApplicationScoped
class ReceiverInbox {

    private static final int KEPT = 200;
    private static final int CLIENTS = 1000;

    /** Anybody can post here: all tokens together take at most so many characters, and the inbox unread longest goes first. */
    private static final long CHARACTERS = 8_000_000;

    private final Cache<String, List<Received>> received = Caffeine.newBuilder()
            .maximumWeight(CHARACTERS)
            .weigher(ReceiverInbox::size)
            .build();
    private final Cache<String, ReceiverFault> faults =
            Caffeine.newBuilder().maximumSize(CLIENTS).build();

    /**
     * One token as it came.
     *
     * @param answered the status it was answered with
     * @param problem what is wrong with it; empty when it verifies
     * @param claims its claims, verified; empty when there is a problem
     */
    record Received(
            @JsonProperty("received_at") Instant at,
            int answered,
            Optional<String> problem,
            Map<String, Object> claims,
            String token) {

        Received {
            claims = Map.copyOf(claims);
        }

        String jti() {
            return String.valueOf(claims.getOrDefault("jti", ""));
        }
    }

    void keep(String client, Received one) {
        received.asMap()
                .merge(
                        client,
                        List.of(one),
                        (earlier, latest) -> Stream.concat(latest.stream(), earlier.stream())
                                .limit(KEPT)
                                .toList());
    }

    private static int size(String client, List<Received> all) {
        return client.length()
                + all.stream().mapToInt(one -> one.token().length()).sum();
    }

    List<Received> of(String client) {
        return Optional.ofNullable(received.getIfPresent(client)).orElse(List.of());
    }

    void empty(String client) {
        received.invalidate(client);
    }

    Optional<ReceiverFault> fault(String client) {
        return Optional.ofNullable(faults.getIfPresent(client));
    }

    void misbehave(String client, ReceiverFault fault) {
        faults.put(client, fault);
    }

    void behave(String client) {
        faults.invalidate(client);
    }
}
