package io.consentry.token;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.tls.ClientCertificate;
import io.consentry.tls.MutualTls;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** Binds new tokens to what their client proves to hold: the key of a DPoP proof, or the certificate of its connection. */
@ApplicationScoped
public class Bindings {

    private final DpopProofs proofs;
    private final MutualTls mutualTls;

    Bindings(DpopProofs proofs, MutualTls mutualTls) {
        this.proofs = proofs;
        this.mutualTls = mutualTls;
    }

    /** What the tokens of this request to an endpoint such as {@code /token} are bound to, the proof of it verified. */
    public Binding atEndpoint(String endpoint, RegisteredClient client, List<String> proofHeaders) {
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
                .orElseThrow(() -> missingCertificate(mutualTls).raise());
    }

    public static Fault boundToACertificate() {
        return Fault.of(FaultCode.INVALID_DPOP_PROOF, "The tokens of this client are bound to its certificate.")
                .expecting("no DPoP header and no dpop_jkt", null);
    }

    /** No certificate came with the connection, where one was needed. */
    public static Fault missingCertificate(MutualTls mutualTls) {
        String address = mutualTls.base().map(URI::toString).orElse("(mutual TLS is not on here)");
        return Fault.of(FaultCode.MISSING_CLIENT_CERTIFICATE, "Come with it to an address of mtls_endpoint_aliases.")
                .expecting("a TLS connection with a client certificate to " + address, "one without");
    }
}
