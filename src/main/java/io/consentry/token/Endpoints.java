package io.consentry.token;

import io.consentry.kernel.Settings;
import io.consentry.tls.MutualTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** The addresses of the endpoints as their callers know them: under the issuer, and their aliases for mutual TLS. */
@ApplicationScoped
public class Endpoints {

    private static final String ISSUER_PATH = "/fapi";

    private final String issuer;
    private final MutualTls mutualTls;

    Endpoints(Settings settings, MutualTls mutualTls) {
        this.issuer = settings.issuer();
        this.mutualTls = mutualTls;
    }

    /** The address, such as that of {@code /token}, which the caller of the current request should have used. */
    URI here(String endpoint) {
        return mutualTls.isHere() ? alias(endpoint).orElseThrow() : URI.create(issuer + endpoint);
    }

    /** The address for clients that come with a certificate (RFC 8705 §5); empty when mutual TLS is off. */
    public Optional<URI> alias(String endpoint) {
        return mutualTls.base().map(base -> URI.create(base + ISSUER_PATH + endpoint));
    }
}
