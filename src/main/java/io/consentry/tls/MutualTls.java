package io.consentry.tls;

import io.consentry.kernel.Settings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What the rest of the program knows of mutual TLS: whether it is offered, where, and with which certificate the caller of the
 * current request came. Certificates are taken from the connection alone, never from a header.
 */
@ApplicationScoped
public class MutualTls {

    private final OptionalInt port;
    private final Optional<URI> base;
    private final Optional<ClientAuthorities> authorities;
    private final CurrentVertxRequest current;

    MutualTls(Settings settings, MutualTlsSettings mutual, CurrentVertxRequest current) {
        this.port = mutual.port().stream().filter(number -> number > 0).findFirst();
        this.base = port.stream()
                .mapToObj(number -> at(URI.create(settings.baseUrl()), number))
                .findFirst();
        this.authorities = mutual.clientAuthorities().map(MutualTls::read);
        this.current = current;
    }

    /** The base URL of the listener that asks for certificates (RFC 8705 §5); empty when there is none. */
    public Optional<URI> base() {
        return base;
    }

    /** Whether clients can authenticate by a certificate that an authority vouches for. */
    public boolean knowsAuthorities() {
        return authorities.isPresent();
    }

    /** Whether a configured authority vouches for the certificate now, as one of a TLS client. */
    public boolean isVouchedFor(ClientCertificate certificate) {
        return authorities.filter(known -> known.vouchFor(certificate)).isPresent();
    }

    /** Whether the current request came in by the listener that asks for certificates. */
    public boolean isHere() {
        return isHere(current.getCurrent().request());
    }

    boolean isHere(HttpServerRequest request) {
        return port.isPresent() && request.localAddress().port() == port.getAsInt();
    }

    OptionalInt port() {
        return port;
    }

    /** The certificate of the current request's connection; empty when it came without one, and on every other listener. */
    public Optional<ClientCertificate> presented() {
        if (!isHere()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientCertificate(Arrays.stream(current.getCurrent()
                            .request()
                            .connection()
                            .sslSession()
                            .getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList()));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static ClientAuthorities read(Path file) {
        try {
            return ClientAuthorities.in(file);
        } catch (IOException e) {
            throw new ConfigurationException("CONSENTRY_MTLS_CLIENT_AUTHORITIES cannot be used: " + e.getMessage(), e);
        }
    }

    private static URI at(URI service, int port) {
        try {
            return new URI("https", null, service.getHost(), port, null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a base URL with another port is still one", e);
        }
    }
}
