package io.consentry.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in a PEM file (RFC 7468 §5). */
final class PemCertificates {

    private PemCertificates() {}

    /** All of them, one at least; the {@code IOException}'s message says in words for a person what is wrong. */
    static List<X509Certificate> read(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM");
            }
            return found;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate in PEM that can be read", e);
        }
    }
}
