package io.consentry.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How often somebody may call, sustained and at once. What is beyond is {@code rate_limited}, 429 with {@code Retry-After}. Each is
 * also an environment variable, {@code CONSENTRY_LIMITS_…}.
 */
@ConfigMapping(prefix = "consentry.limits")
interface LimitSettings {

    /** All requests of one address (see {@code CONSENTRY_HTTP_PROXIES}), on each node for itself. */
    Address address();

    /** Requests of one client to one endpoint after it has proved who it is, over all nodes. */
    Client client();

    /** Requests of one signed-in person, over all nodes. */
    Person person();

    /** In the sandbox every limit is so many times as wide, so that it can be put under load. */
    @WithDefault("10")
    int sandboxFactor();

    /** A limit of addresses. */
    interface Address {

        @WithDefault("200")
        int perSecond();

        @WithDefault("2000")
        int burst();
    }

    /** A limit of clients. */
    interface Client {

        @WithDefault("100")
        int perSecond();

        @WithDefault("1000")
        int burst();
    }

    /** A limit of persons. */
    interface Person {

        @WithDefault("10")
        int perSecond();

        @WithDefault("100")
        int burst();
    }
}
