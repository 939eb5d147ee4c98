package io.consentry.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS in the service itself. With none of these it speaks plain HTTP, for the developer's own machine or behind a proxy that
 * speaks TLS. With TLS on, nothing answers in plain HTTP any more.
 */
@ConfigMapping(prefix = "consentry.tls")
public interface TlsSettings {

    /** {@code local} makes a certificate authority and a certificate for localhost in the data folder; sandbox only. */
    @WithParentName
    Optional<Mode> mode();

    /** A PEM file with the service's certificate, and those between it and its authority after it; goes with {@link #key}. */
    Optional<Path> certificate();

    /** A PEM file with the private key of the certificate, not encrypted. */
    Optional<Path> key();

    /** Where a certificate comes from that nobody has named. */
    enum Mode {
        LOCAL
    }
}
