package io.consentry.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.X509CertUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate with its private key, made for a test. */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {

    private static final char[] NO_PASSWORD = {};

    /** For connections that show this certificate and trust those. */
    public SSLContext trusting(X509Certificate... authorities) {
        try {
            KeyStore own = store();
            own.setKeyEntry("own", key, NO_PASSWORD, new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, NO_PASSWORD);
            return context(keys.getKeyManagers(), authorities);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For connections that show no certificate and trust those. */
    public static SSLContext none(X509Certificate... authorities) {
        return context(null, authorities);
    }

    private static SSLContext context(KeyManager[] keys, X509Certificate... authorities) {
        try {
            KeyStore anchors = store();
            for (int i = 0; i < authorities.length; i++) {
                anchors.setCertificateEntry("authority-" + i, authorities[i]);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the certificate as PEM. */
    public Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, X509CertUtils.toPEMString(certificate) + "\n");
    }

    /** Writes the private key as PEM. */
    public Path writeKey(Path file) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + java.util.Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** The public key as a JWK with the certificate in {@code x5c} (RFC 7517 §4.7). */
    public JWK jwk() {
        try {
            List<Base64> chain = List.of(Base64.encode(certificate.getEncoded()));
            return certificate.getPublicKey() instanceof RSAPublicKey
                    ? new RSAKey.Builder(RSAKey.parse(certificate))
                            .x509CertChain(chain)
                            .build()
                    : new ECKey.Builder(ECKey.parse(certificate))
                            .x509CertChain(chain)
                            .build();
        } catch (JOSEException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate in a PEM file. */
    public static X509Certificate read(Path file) throws IOException {
        return X509CertUtils.parse(Files.readString(file));
    }

    private static KeyStore store() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }

    @Override
    public String toString() {
        return "TestCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
