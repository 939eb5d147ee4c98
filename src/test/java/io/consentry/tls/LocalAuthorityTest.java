package io.consentry.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import io.consentry.testing.TestAuthority;
import io.consentry.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's own certificate authority: made once, kept, and good for localhost only. */
class LocalAuthorityTest {

    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    @Test
    @Requirement("CX-TLS-2")
    void whatWasMadeStays() throws IOException {
        authority(NOW).prepare();
        byte[] first = Files.readAllBytes(authority(NOW).authority());
        byte[] service = Files.readAllBytes(authority(NOW).service().certificate());

        authority(NOW.plus(Duration.ofDays(59))).prepare();

        assertThat(authority(NOW).authority()).hasBinaryContent(first);
        assertThat(authority(NOW).service().certificate()).hasBinaryContent(service);
    }

    @Test
    @Requirement("CX-TLS-2")
    void aCertificateThatExpiresWithinAMonthIsRenewedByTheSameAuthority() throws IOException {
        authority(NOW).prepare();
        byte[] first = Files.readAllBytes(authority(NOW).authority());
        X509Certificate before = TestCertificate.read(authority(NOW).service().certificate());

        authority(NOW.plus(Duration.ofDays(61))).prepare();

        X509Certificate after = TestCertificate.read(authority(NOW).service().certificate());
        assertThat(authority(NOW).authority()).hasBinaryContent(first);
        assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
    }

    @Test
    @Requirement("CX-TLS-2")
    void itsKeysAreReadableByTheirOwnerAlone() throws IOException {
        authority(NOW).prepare();

        for (String key : List.of("ca.key", "server.key", "client.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))))
                    .as(key)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Requirement("CX-TLS-2")
    void itsKeyCannotMakeACertificateForAnotherHost() throws Exception {
        authority(NOW).prepare();
        PemIdentity own = new PemFiles(authority(NOW).authority(), folder.resolve("ca.key")).read();
        TestAuthority thief = TestAuthority.of(new TestCertificate(own.certificate(), own.key()));

        assertThatThrownBy(() -> validate(own.certificate(), thief.server("CN=bank", "bank.example")))
                .isInstanceOf(CertPathValidatorException.class)
                .hasMessageContaining("constraints");
        validate(own.certificate(), thief.server("CN=here", "localhost"));
    }

    @Test
    void aKeyOfAnotherCertificateIsSaidToBeOne() throws IOException {
        authority(NOW).prepare();
        Files.copy(
                folder.resolve("client.key"),
                folder.resolve("server.key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> authority(NOW).prepare())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("server.key is not the private key of the certificate in");
    }

    private LocalAuthority authority(Instant now) {
        return new LocalAuthority(folder, InstantSource.fixed(now));
    }

    /** Java takes the constraints of an anchor apart from it; what people trust by has read them from the certificate. */
    private static byte[] constraints(X509Certificate authority) {
        return ASN1OctetString.getInstance(authority.getExtensionValue(Extension.nameConstraints.getId()))
                .getOctets();
    }

    private static void validate(X509Certificate authority, TestCertificate issued) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, constraints(authority))));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued.certificate())),
                        parameters);
    }
}
