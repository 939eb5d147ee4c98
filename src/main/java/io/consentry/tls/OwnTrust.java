package io.consentry.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom the sandbox's own calls trust: those that the Java platform trusts, and the authority of the sandbox itself. */
public final class OwnTrust {

    private OwnTrust() {}

    /** From now on every TLS connection that this program makes without trust of its own also trusts this PEM file. */
    public static void extend(Path authority) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(PemCertificates.read(authority)), null);
            SSLContext.setDefault(context);
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " cannot be trusted", e);
        }
    }

    private static TrustManager[] managers(List<X509Certificate> more) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int number = 0;
        for (TrustManager platform : factory(null).getTrustManagers()) {
            if (platform instanceof X509TrustManager known) {
                for (X509Certificate certificate : known.getAcceptedIssuers()) {
                    all.setCertificateEntry("platform-" + number++, certificate);
                }
            }
        }
        for (X509Certificate certificate : more) {
            all.setCertificateEntry("own-" + number++, certificate);
        }
        return Arrays.copyOf(factory(all).getTrustManagers(), 1);
    }

    static TrustManagerFactory factory(@org.jspecify.annotations.Nullable KeyStore anchors)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return factory;
    }
}
