package io.consentry.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The sandbox's own certificate authority: made once in a folder, it vouches for the service as localhost, and for one
 * client certificate to try mutual TLS with.
 *
 * <p>People put its certificate among those that their machine trusts, so it is made to be of no use to a thief: name
 * constraints (RFC 5280 §4.2.1.10) hold it to localhost, and its key is readable by its owner alone.
 *
 * @param folder where its files lie
 */
public record LocalAuthority(Path folder, InstantSource clock) {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

    /** Browsers refuse longer lives than a good year. */
    private static final Duration LIFETIME = Duration.ofDays(90);

    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** Clocks of two machines, or of a machine and its container, differ. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final GeneralName[] LOCALHOST = {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")
    };
    private static final GeneralSubtree[] LOCALHOST_ONLY = {
        new GeneralSubtree(new GeneralName(GeneralName.dNSName, "localhost")),
        new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "127.0.0.1/32")),
        new GeneralSubtree(new GeneralName(GeneralName.iPAddress, "::1/128"))
    };

    /** The authority's certificate, to be trusted. */
    public Path authority() {
        return folder.resolve("ca.crt");
    }

    /** The service's certificate and its key. */
    public PemFiles service() {
        return PemFiles.named(folder, "server");
    }

    /** The certificate of a client named {@code CN=sandbox-client}, and its key. */
    public PemFiles client() {
        return PemFiles.named(folder, "client");
    }

    /** Makes what is missing, and anew what expires within a month; all else stays as it is. */
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        try {
            PemIdentity issuer = issuer();
            issueUnlessFresh(service(), new X500Principal("CN=localhost"), KeyPurposeId.id_kp_serverAuth, issuer);
            issueUnlessFresh(client(), new X500Principal("CN=sandbox-client"), KeyPurposeId.id_kp_clientAuth, issuer);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the local certificate authority in " + folder + " could not sign", e);
        }
    }

    private PemIdentity issuer() throws IOException, GeneralSecurityException, OperatorCreationException {
        PemFiles files = new PemFiles(authority(), folder.resolve("ca.key"));
        if (files.exist()) {
            PemIdentity known = files.read();
            if (isFresh(known.certificate())) {
                return known;
            }
        }
        KeyPair pair = newKey();
        var name = new X500Principal("CN=Consentry sandbox on this machine");
        X509v3CertificateBuilder builder = builder(name, name, pair, AUTHORITY_LIFETIME)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(Extension.nameConstraints, true, new NameConstraints(LOCALHOST_ONLY, null));
        files.write(pair.getPrivate(), sign(builder, pair.getPrivate()));
        return files.read();
    }

    private void issueUnlessFresh(PemFiles files, X500Principal subject, KeyPurposeId purpose, PemIdentity issuer)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        if (files.exist()) {
            X509Certificate known = files.read().certificate();
            if (isFresh(known) && isBy(issuer, known)) {
                return;
            }
        }
        KeyPair pair = newKey();
        X509v3CertificateBuilder builder = builder(
                        issuer.certificate().getSubjectX500Principal(), subject, pair, LIFETIME)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils()
                                .createAuthorityKeyIdentifier(
                                        issuer.certificate().getPublicKey()));
        if (purpose.equals(KeyPurposeId.id_kp_serverAuth)) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(LOCALHOST));
        }
        files.write(pair.getPrivate(), sign(builder, issuer.key()));
    }

    private X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair pair, Duration lifetime)
            throws IOException, GeneralSecurityException {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(127, new SecureRandom()).setBit(126),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(lifetime)),
                        subject,
                        pair.getPublic())
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private boolean isFresh(X509Certificate certificate) {
        return clock.instant().isBefore(certificate.getNotAfter().toInstant().minus(RENEWED_BEFORE));
    }

    private static boolean isBy(PemIdentity issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
