package io.consentry.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the example receiver got for each client, the latest first, and how it misbehaves. Lives as long as this node. */
@ApplicationScoped
class ReceiverInbox {

    private static final int KEPT = 200;
    private static final int CLIENTS = 1000;

    private final Map<String, Deque<Received>> received = new ConcurrentHashMap<>();
    private final Map<String, ReceiverFault> faults = new ConcurrentHashMap<>();

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
        if (received.size() >= CLIENTS && !received.containsKey(client)) {
            return;
        }
        Deque<Received> all = received.computeIfAbsent(client, none -> new ArrayDeque<>());
        synchronized (all) {
            all.addFirst(one);
            if (all.size() > KEPT) {
                all.removeLast();
            }
        }
    }

    List<Received> of(String client) {
        Deque<Received> all = received.getOrDefault(client, new ArrayDeque<>());
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    void empty(String client) {
        received.remove(client);
    }

    Optional<ReceiverFault> fault(String client) {
        return Optional.ofNullable(faults.get(client));
    }

    void misbehave(String client, ReceiverFault fault) {
        faults.put(client, fault);
    }

    void behave(String client) {
        faults.remove(client);
    }
}
