package io.consentry.tls;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificate whose private key the other end of a connection has proved to hold. Says nothing of who vouches for it.
 *
 * @param chain the certificate itself first, then what came with it
 */
public record ClientCertificate(List<X509Certificate> chain) {

    public ClientCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain begins with a certificate");
        }
    }

    /** The client's own certificate. */
    public X509Certificate own() {
        return chain.getFirst();
    }

    /** The value of {@code x5t#S256} (RFC 8705 §3.1): base64url of the SHA-256 of the whole certificate. */
    public String thumbprint() {
        return X509CertUtils.computeSHA256Thumbprint(own()).toString();
    }
}
