package io.consentry.client;

import io.consentry.client.Registration.MutualTls;
import java.util.Optional;

/** How a client asks to authenticate: one of three ways, each with exactly the members that go with it. */
final class AuthenticationChecks {

    private static final String METHOD = "token_endpoint_auth_method";
    private static final String SUBJECT_DN = "tls_client_auth_subject_dn";
    private static final String SAN_DNS = "tls_client_auth_san_dns";

    private AuthenticationChecks() {}

    static TokenEndpointAuth method(Registration asked) throws RefusedException {
        String wire = asked.tokenEndpointAuthMethod();
        Optional<CertificateSubject> subject = subject(asked.mutualTls());
        boolean byAuthority = wire.equals("tls_client_auth");
        if (byAuthority && subject.isEmpty()) {
            throw new RefusedException(SUBJECT_DN, "is missing, and so is " + SAN_DNS);
        }
        if (!byAuthority && subject.isPresent()) {
            throw new RefusedException(METHOD, "must be tls_client_auth when the subject of a certificate is given");
        }
        return TokenEndpointAuth.of(wire, subject)
                .orElseThrow(() -> new RefusedException(
                        METHOD, "must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth"));
    }

    /** RFC 8705 §2.1.2: exactly one of the members. Addresses and mail boxes in certificates are not matched here. */
    private static Optional<CertificateSubject> subject(MutualTls asked) throws RefusedException {
        if (asked.otherSubject().isPresent()) {
            throw new RefusedException(
                    asked.otherSubject().get(), "is not supported: register " + SUBJECT_DN + " or " + SAN_DNS);
        }
        if (asked.subjectDn().isPresent() && asked.sanDns().isPresent()) {
            throw new RefusedException(SAN_DNS, "must not stand beside " + SUBJECT_DN);
        }
        if (asked.subjectDn().isPresent()) {
            return Optional.of(distinguishedName(asked.subjectDn().get()));
        }
        return asked.sanDns().isPresent() ? Optional.of(dnsName(asked.sanDns().get())) : Optional.empty();
    }

    private static CertificateSubject distinguishedName(String text) throws RefusedException {
        try {
            return new CertificateSubject.DistinguishedName(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(SUBJECT_DN, "must be a distinguished name as RFC 4514 writes it");
        }
    }

    private static CertificateSubject dnsName(String text) throws RefusedException {
        try {
            return new CertificateSubject.DnsName(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(SAN_DNS, "must be a host name without wildcards");
        }
    }
}
