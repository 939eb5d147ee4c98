package io.consentry.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.requirement.Requirement;
import io.consentry.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
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

    /** Java's own clients pass over the constraints of an anchor; browsers and OpenSSL hold it to them. */
    @Test
    @Requirement("CX-TLS-2")
    void itVouchesForLocalhostAlone() throws Exception {
        authority(NOW).prepare();
        PKIXNameConstraintValidator held =
                constraints(TestCertificate.read(authority(NOW).authority()));

        held.checkPermitted(new GeneralName(GeneralName.dNSName, "localhost"));
        held.checkPermitted(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        for (GeneralName other : List.of(
                new GeneralName(GeneralName.dNSName, "bank.example"),
                new GeneralName(GeneralName.dNSName, "localhost.example"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.2"))) {
            assertThatThrownBy(() -> held.checkPermitted(other)).isInstanceOf(NameConstraintValidatorException.class);
        }
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

    private static PKIXNameConstraintValidator constraints(X509Certificate authority) {
        byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
        NameConstraints stated = NameConstraints.getInstance(
                ASN1OctetString.getInstance(extension).getOctets());
        var validator = new PKIXNameConstraintValidator();
        validator.intersectPermittedSubtree(stated.getPermittedSubtrees());
        return validator;
    }
}
