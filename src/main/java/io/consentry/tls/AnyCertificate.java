package io.consentry.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a client come in with any certificate whose key is strong enough. That it holds the key TLS itself makes sure of; who
 * it is by that certificate is for client authentication to say (RFC 8705 §2), which knows what is registered.
 */
final class AnyCertificate extends X509ExtendedTrustManager {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        boolean strong = switch (chain[0].getPublicKey()) {
            case RSAPublicKey key -> key.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ECPublicKey key -> key.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
            default -> false;
        };
        if (!strong) {
            throw new CertificateException("the key of the client certificate is too weak");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is for servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None: the request for a certificate then names no authority, and a client sends whichever it has. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
