package io.consentry.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * The authorities that vouch for clients (RFC 8705 §2.1): path, validity, and that a certificate may be used by a TLS client
 * (RFC 5280 §6). Revocation lists are not asked; suspending the client is the way to shut one out at once.
 */
final class ClientAuthorities {

    private final X509TrustManager manager;

    private ClientAuthorities(X509TrustManager manager) {
        this.manager = manager;
    }

    static ClientAuthorities in(Path file) throws IOException {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int number = 0;
            for (X509Certificate authority : PemCertificates.read(file)) {
                anchors.setCertificateEntry("authority-" + number++, authority);
            }
            return new ClientAuthorities(
                    (X509TrustManager) OwnTrust.factory(anchors).getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds authorities that cannot be trusted", e);
        }
    }

    boolean vouchFor(ClientCertificate certificate) {
        try {
            manager.checkClientTrusted(certificate.chain().toArray(X509Certificate[]::new), "UNKNOWN");
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
