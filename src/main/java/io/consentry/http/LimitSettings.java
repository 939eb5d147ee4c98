package io.consentry.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How often somebody may call, sustained and at once. What is beyond is {@code rate_limited}, 429 with {@code Retry-After}. Each is
 * also an environment variable, {@code CONSENTRY_LIMITS_…}.
 */
@ConfigMapping(prefix = "consentry.limits")
public interface LimitSettings {

    /** All requests of one address (see {@code CONSENTRY_HTTP_PROXIES}), on each node for itself. */
    Address address();

    /** Requests of one client to one endpoint after it has proved who it is, over all nodes. */
    Client client();

    /** Requests of one signed-in person, over all nodes. */
    Person person();

    /** In the sandbox every limit is so many times as wide, so that it can be put under load. */
    @Min(1) @Max(1_000) @WithDefault("10")
    int sandboxFactor();

    /** A limit of addresses. */
    interface Address {

        /** Requests a second of one address, sustained. */
        @Min(1) @Max(1_000_000) @WithDefault("200")
        int perSecond();

        /** Requests of one address at once, after a rest. */
        @Min(1) @Max(1_000_000) @WithDefault("2000")
        int burst();
    }

    /** A limit of clients. */
    interface Client {

        /** Requests a second of one client, sustained. */
        @Min(1) @Max(1_000_000) @WithDefault("100")
        int perSecond();

        /** Requests of one client at once, after a rest. */
        @Min(1) @Max(1_000_000) @WithDefault("1000")
        int burst();
    }

    /** A limit of persons. */
    interface Person {

        /** Requests a second of one person, sustained. */
        @Min(1) @Max(1_000_000) @WithDefault("10")
        int perSecond();

        /** Requests of one person at once, after a rest. */
        @Min(1) @Max(1_000_000) @WithDefault("100")
        int burst();
    }
}
