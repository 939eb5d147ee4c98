package io.consentry.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The same service with deadlines and bounds that a test can wait for. */
public final class ShortPatience implements QuarkusTestProfile {

    static final int CONNECTIONS_PER_ADDRESS = 5;
    static final int CONNECTIONS = 40;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host", "0.0.0.0",
                "consentry.http.header-deadline", "400ms",
                "consentry.http.body-deadline", "400ms",
                "consentry.http.idle-timeout", "800ms",
                "consentry.http.connections", Integer.toString(CONNECTIONS),
                "consentry.http.connections-per-address", Integer.toString(CONNECTIONS_PER_ADDRESS));
    }
}
