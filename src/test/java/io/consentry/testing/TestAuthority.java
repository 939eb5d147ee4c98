package io.consentry.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority of a test, which issues good certificates and bad ones. */
public final class TestAuthority {

    private static final Duration YEAR = Duration.ofDays(365);

    private final TestCertificate own;

    private TestAuthority(TestCertificate own) {
        this.own = own;
    }

    public static TestAuthority named(String subject) {
        KeyPair pair = newKey("EC", 256);
        return new TestAuthority(new Wanted(subject, pair).asAuthority().signedBy(null));
    }

    public TestCertificate own() {
        return own;
    }

    /** A certificate of a client, good for a year. */
    public TestCertificate client(String subject) {
        return new Wanted(subject, newKey("EC", 256)).signedBy(own);
    }

    /** One that also has a host name. */
    public TestCertificate client(String subject, String host) {
        return new Wanted(subject, newKey("EC", 256)).alsoNamed(host).signedBy(own);
    }

    /** One that was good until yesterday. */
    public TestCertificate expired(String subject) {
        return new Wanted(subject, newKey("EC", 256)).expired().signedBy(own);
    }

    /** One that only a server may use; RSA, so that it also shows a service with such a key. */
    public TestCertificate server(String subject, String host) {
        return new Wanted(subject, newKey("RSA", 2048))
                .alsoNamed(host)
                .forServers()
                .signedBy(own);
    }

    /** A certificate that nobody else vouches for. */
    public static TestCertificate selfSigned(String subject) {
        return selfSigned(subject, newKey("EC", 256));
    }

    public static TestCertificate selfSigned(String subject, KeyPair pair) {
        return new Wanted(subject, pair).signedBy(null);
    }

    public static TestCertificate selfSignedAndExpired(String subject) {
        return new Wanted(subject, newKey("EC", 256)).expired().signedBy(null);
    }

    public static KeyPair newKey(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Wanted {

        private final X500Principal subject;
        private final KeyPair pair;
        private Instant from = Instant.now().minus(Duration.ofDays(2));
        private Instant to = from.plus(YEAR);
        private KeyPurposeId purpose = KeyPurposeId.id_kp_clientAuth;
        private boolean authority;
        private @Nullable String host;

        private Wanted(String subject, KeyPair pair) {
            this.subject = new X500Principal(subject);
            this.pair = pair;
        }

        private Wanted asAuthority() {
            this.authority = true;
            return this;
        }

        private Wanted alsoNamed(String name) {
            this.host = name;
            return this;
        }

        private Wanted forServers() {
            this.purpose = KeyPurposeId.id_kp_serverAuth;
            return this;
        }

        private Wanted expired() {
            this.from = Instant.now().minus(YEAR);
            this.to = Instant.now().minus(Duration.ofDays(1));
            return this;
        }

        private TestCertificate signedBy(@Nullable TestCertificate issuer) {
            var signer = issuer == null ? pair.getPrivate() : issuer.key();
            var name = issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
            try {
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                                name,
                                new BigInteger(120, new SecureRandom()).setBit(119),
                                Date.from(from),
                                Date.from(to),
                                subject,
                                pair.getPublic())
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
                if (!authority) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                }
                if (host != null) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
                }
                String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
                return new TestCertificate(
                        new JcaX509CertificateConverter()
                                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer))),
                        pair.getPrivate());
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
