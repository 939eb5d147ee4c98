package io.consentry.authorization;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import io.consentry.client.CertificateSubject;
import io.consentry.client.KeySets;
import io.consentry.client.RegisteredClient;
import io.consentry.client.TokenEndpointAuth.PrivateKeyJwt;
import io.consentry.client.TokenEndpointAuth.SelfSignedTls;
import io.consentry.client.TokenEndpointAuth.TlsClientAuth;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.tls.ClientCertificate;
import io.consentry.tls.MutualTls;
import io.consentry.token.Bindings;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/**
 * Authenticates a client by the certificate of its TLS connection (RFC 8705 §2). That the client holds the certificate's key,
 * TLS has made sure of before a request gets here.
 */
@ApplicationScoped
class CertificateAuthenticator {

    private final MutualTls mutualTls;
    private final KeySets keys;
    private final InstantSource clock;

    CertificateAuthenticator(MutualTls mutualTls, KeySets keys, InstantSource clock) {
        this.mutualTls = mutualTls;
        this.keys = keys;
        this.clock = clock;
    }

    /** Throws the fault that says why the current connection is not known to be this client's. */
    void verify(RegisteredClient client) {
        ClientCertificate certificate = mutualTls
                .presented()
                .orElseThrow(() -> Bindings.missingCertificate(mutualTls).raise());
        isValidNow(certificate);
        switch (client.method()) {
            case TlsClientAuth(CertificateSubject subject) -> isVouchedFor(certificate, subject);
            case SelfSignedTls registered -> isRegistered(certificate, client);
            case PrivateKeyJwt other ->
                throw Form.missing(FaultCode.MISSING_CLIENT_ASSERTION, "client_assertion")
                        .raise();
        }
    }

    private void isValidNow(ClientCertificate certificate) {
        try {
            certificate.own().checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            throw refused()
                    .expecting(
                            "a certificate that is valid now",
                            "one from " + certificate.own().getNotBefore().toInstant() + " to "
                                    + certificate.own().getNotAfter().toInstant())
                    .raise();
        }
    }

    /** RFC 8705 §2.1: an authority that we trust, and the one name that is registered. */
    private void isVouchedFor(ClientCertificate certificate, CertificateSubject subject) {
        if (!mutualTls.isVouchedFor(certificate)) {
            throw refused()
                    .expecting("a TLS client's certificate of a configured authority", "another")
                    .raise();
        }
        if (!subject.isOf(certificate.own())) {
            throw refused()
                    .expecting(
                            subject.toString(),
                            certificate.own().getSubjectX500Principal().getName())
                    .raise();
        }
    }

    /** RFC 8705 §2.2: the certificate itself is registered; nobody needs to vouch for it. */
    private void isRegistered(ClientCertificate certificate, RegisteredClient client) {
        if (keys.select(client, new CertifiedBy(certificate.own())).isEmpty()) {
            throw refused()
                    .expecting("a certificate that is the first x5c of a registered key", "another")
                    .raise();
        }
    }

    /** Matches keys by their certificate, so that a key set at an address is fetched anew when it lacks this one. */
    private static final class CertifiedBy extends JWKMatcher {

        private final X509Certificate certificate;

        private CertifiedBy(X509Certificate certificate) {
            super(
                    Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false, false, false, false, false, false, 0, 0,
                    Set.of(), Set.of(), Set.of(), true);
            this.certificate = certificate;
        }

        @Override
        public boolean matches(JWK key) {
            var chain = key.getParsedX509CertChain();
            return chain != null && !chain.isEmpty() && certificate.equals(chain.getFirst());
        }
    }

    private static Fault refused() {
        return Fault.of(FaultCode.INVALID_CLIENT_CERTIFICATE, "Check its validity, its authority and its name.");
    }
}
