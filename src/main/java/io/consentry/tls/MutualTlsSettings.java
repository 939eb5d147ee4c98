package io.consentry.tls;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Mutual TLS (RFC 8705). The service must speak TLS itself for it: a proxy in front ends the client's connection, and a
 * certificate that somebody else has checked is not believed.
 */
@ConfigMapping(prefix = "consentry.mtls")
public interface MutualTlsSettings {

    /** Port of the listener that asks for client certificates; 363 above the service's own when TLS is on, and 0 for none. */
    OptionalInt port();

    /**
     * A PEM file of the authorities whose certificates authenticate clients of {@code tls_client_auth}. Without it, that
     * method is not offered. Whoever is in it can speak for every such client whose name it writes into a certificate.
     */
    Optional<Path> clientAuthorities();
}
