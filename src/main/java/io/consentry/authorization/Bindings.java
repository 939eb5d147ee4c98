package io.consentry.authorization;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.tls.ClientCertificate;
import io.consentry.tls.MutualTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Binds new tokens to what their client proves to hold: the key of a DPoP proof, or the certificate of its connection. */
@ApplicationScoped
class Bindings {

    private final DpopProofs proofs;
    private final MutualTls mutualTls;

    Bindings(DpopProofs proofs, MutualTls mutualTls) {
        this.proofs = proofs;
        this.mutualTls = mutualTls;
    }

    /** What the tokens of this request to an endpoint such as {@code /token} are bound to, the proof of it verified. */
    Binding atEndpoint(String endpoint, RegisteredClient client, List<String> proofHeaders) {
        if (client.certificateBoundTokens()) {
            if (!proofHeaders.isEmpty()) {
                throw boundToACertificate().raise();
            }
            return new Binding.Certificate(certificate().thumbprint());
        }
        return proofs.atEndpoint(endpoint, client, proofHeaders)
                .map(Binding.Dpop::new)
                .orElseThrow(() -> Fault.of(FaultCode.MISSING_DPOP_PROOF, "Send a DPoP header with the token request.")
                        .raise());
    }

    /** RFC 8705 §3: the certificate of this very connection. */
    void isOfTheConnection(String thumbprint) {
        String shown = certificate().thumbprint();
        if (!shown.equals(thumbprint)) {
            throw Fault.of(FaultCode.CERTIFICATE_MISMATCH, "Use the certificate that the access token was issued to.")
                    .expecting("x5t#S256 " + thumbprint, "x5t#S256 " + shown)
                    .raise();
        }
    }

    private ClientCertificate certificate() {
        return mutualTls
                .presented()
                .orElseThrow(() -> CertificateAuthenticator.missing(mutualTls).raise());
    }

    static Fault boundToACertificate() {
        return Fault.of(FaultCode.INVALID_DPOP_PROOF, "The tokens of this client are bound to its certificate.")
                .expecting("no DPoP header and no dpop_jkt", null);
    }
}
