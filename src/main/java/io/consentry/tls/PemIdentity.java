package io.consentry.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A certificate, those that vouch for it, and its private key, out of PEM files (RFC 7468). Does not print. */
public record PemIdentity(List<X509Certificate> chain, PrivateKey key) {

    public PemIdentity {
        chain = List.copyOf(chain);
    }

    /** Reads both; the {@code IOException}'s message says in words for a person what is wrong with which file. */
    public static PemIdentity read(Path certificate, Path key) throws IOException {
        var identity = new PemIdentity(PemCertificates.read(certificate), readKey(key));
        if (!identity.isPair()) {
            throw new IOException(key + " is not the private key of the certificate in " + certificate);
        }
        return identity;
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    private static PrivateKey readKey(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(text)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo plain) {
                    return new JcaPEMKeyConverter().getPrivateKey(plain);
                }
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
            throw new IOException(file + " holds no private key in PEM that is not encrypted");
        } catch (PEMException e) {
            throw new IOException(file + " holds a private key that cannot be read", e);
        }
    }

    private boolean isPair() throws IOException {
        PublicKey shown = certificate().getPublicKey();
        if (!shown.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            byte[] text = {1};
            Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key is of a kind that TLS does not use here: EC or RSA", e);
        }
    }

    private static String algorithm(String key) {
        return key.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    @Override
    public String toString() {
        return "PemIdentity[redacted]";
    }
}
