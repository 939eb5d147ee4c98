package io.consentry.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How long a connection may keep us waiting, and how many there may be. They hold for every listener: the service's own, that of
 * mutual TLS, and the management port. Each is also an environment variable, {@code CONSENTRY_HTTP_…}.
 */
@ConfigMapping(prefix = "consentry.http")
public interface HttpSettings {

    /** From the first byte of a request (or from the connection's begin, with the handshake of TLS) to the end of its headers. */
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    @WithDefault("10s")
    Duration headerDeadline();

    /** From the end of the headers to the end of the body; afterwards the request is refused with 408. */
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    @WithDefault("10s")
    Duration bodyDeadline();

    /** How long a connection may be silent between two requests. Longer than what proxies and clients keep connections for. */
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    @WithDefault("75s")
    Duration idleTimeout();

    /** From the end of a request's headers until the caller has taken the whole answer; the poll for events waits 20 s. */
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    @WithDefault("60s")
    Duration answerDeadline();

    /** Connections at a time, in all. When there are so many, the one that has been silent longest gives way to a new one. */
    @Min(1) @Max(1_000_000) @WithDefault("4096")
    int connections();

    /**
     * Connections at a time of one address (of IPv6, one network of 64 bits), with the same rule. Named proxies and this machine
     * itself have no such bound.
     */
    @Min(1) @Max(1_000_000) @WithDefault("256")
    int connectionsPerAddress();

    /**
     * Addresses or networks ({@code 10.0.0.0/8}) of the proxies in front, separated by commas. What they say of the caller's
     * address ({@code Forwarded}, or else {@code X-Forwarded-For}) is believed, and nobody else's word for it is.
     */
    Optional<List<String>> proxies();

    /** How many requests are at work at a time. */
    Admission admission();

    /**
     * The parts of this node's capacity, in requests. Of each, twice as many may wait; what is beyond, or waits too long, is refused
     * as {@code overloaded}. Their sum, and two dozen for what comes by no request, must lie within {@code
     * QUARKUS_THREAD_POOL_MAX_THREADS} (256).
     */
    interface Admission {

        /** For as long as a request may wait for its turn. With the sources' overall deadline, an answer takes less than 5 s. */
        @DurationMin(millis = 1)
        @DurationMax(seconds = 30)
        @WithDefault("750ms")
        Duration longestWait();

        /**
         * Releases, consent pages and decisions, which may wait for agencies. More serve more of them while agencies are slow, and
         * make each take longer where the processors are the bound.
         */
        @Min(1) @Max(10_000) @WithDefault("104")
        int releases();

        /** Tokens, which may wait for agencies (for what an ID token carries) and for a client's keys. */
        @Min(1) @Max(10_000) @WithDefault("32")
        int tokens();

        /** What else clients call, which may wait for their keys. */
        @Min(1) @Max(10_000) @WithDefault("32")
        int clients();

        /** Clients that wait for events; they hold no thread. */
        @Min(1) @Max(1_000_000) @WithDefault("512")
        int polls();

        /** Everything else: keys, discovery, pages, withdrawals. */
        @Min(1) @Max(10_000) @WithDefault("40")
        int others();

        /** The demo bank and the example receiver of events. */
        @Min(1) @Max(10_000) @WithDefault("24")
        int sandbox();
    }
}
