package io.consentry.client;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The one name by which a client's certificate is known (RFC 8705 §2.1.2). */
public sealed interface CertificateSubject {

    /** Whether the certificate bears the name. Who vouches for the certificate is another question. */
    boolean isOf(X509Certificate certificate);

    /** {@code tls_client_auth_subject_dn}, as RFC 4514 writes it; compared by its parts, whatever the spaces and cases. */
    record DistinguishedName(String text) implements CertificateSubject {

        public DistinguishedName {
            if (new X500Principal(text).getName().isEmpty()) {
                throw new IllegalArgumentException("an empty name names nobody");
            }
        }

        @Override
        public boolean isOf(X509Certificate certificate) {
            return new X500Principal(text).equals(certificate.getSubjectX500Principal());
        }
    }

    /** {@code tls_client_auth_san_dns}: a {@code dNSName} among the certificate's alternative names. No wildcards. */
    record DnsName(String text) implements CertificateSubject {

        private static final int DNS = 2; // RFC 5280 §4.2.1.6
        private static final Pattern NAME =
                Pattern.compile("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

        public DnsName {
            if (!NAME.matcher(text).matches()) {
                throw new IllegalArgumentException("not a host name");
            }
        }

        @Override
        public boolean isOf(X509Certificate certificate) {
            try {
                return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                        .flatMap(Collection::stream)
                        .anyMatch(this::isIt);
            } catch (CertificateParsingException e) {
                return false;
            }
        }

        private boolean isIt(List<?> name) {
            return name.get(0).equals(DNS) && name.get(1) instanceof String host && host.equalsIgnoreCase(text);
        }
    }
}
