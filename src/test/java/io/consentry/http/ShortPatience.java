package io.consentry.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The same service with deadlines and bounds that a test can wait for. */
public final class ShortPatience implements QuarkusTestProfile {

    static final int CONNECTIONS_PER_ADDRESS = 5;
    static final int CONNECTIONS = 40;
    static final int RELEASES = 2;

    /** Requests at once of one address, client or person. */
    static final int BURST = 40;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("quarkus.http.host", "0.0.0.0"),
                Map.entry("consentry.http.header-deadline", "400ms"),
                Map.entry("consentry.http.body-deadline", "400ms"),
                Map.entry("consentry.http.idle-timeout", "800ms"),
                Map.entry("consentry.http.answer-deadline", "4s"),
                Map.entry("consentry.http.connections", Integer.toString(CONNECTIONS)),
                Map.entry("consentry.http.connections-per-address", Integer.toString(CONNECTIONS_PER_ADDRESS)),
                Map.entry("consentry.http.proxies", "127.0.0.1, 10.9.0.0/16"),
                Map.entry("consentry.http.admission.releases", Integer.toString(RELEASES)),
                Map.entry("consentry.http.admission.longest-wait", "100ms"),
                Map.entry("consentry.limits.sandbox-factor", "1"),
                Map.entry("consentry.limits.address.per-second", "1"),
                Map.entry("consentry.limits.address.burst", Integer.toString(BURST)),
                Map.entry("consentry.limits.client.per-second", "1"),
                Map.entry("consentry.limits.client.burst", Integer.toString(BURST)),
                Map.entry("consentry.limits.person.per-second", "1"),
                Map.entry("consentry.limits.person.burst", Integer.toString(BURST)));
    }
}
