package io.consentry.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Where a certificate lies, and its private key. */
public record PemFiles(Path certificate, Path key) {

    static PemFiles named(Path folder, String name) {
        return new PemFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    /** Whether both are there. */
    boolean exist() {
        return Files.exists(certificate) && Files.exists(key);
    }

    /** Reads both; the {@code IOException}'s message says in words for a person what is wrong with which file. */
    public PemIdentity read() throws IOException {
        return PemIdentity.read(certificate, key);
    }

    /** Writes both; a crash in between leaves a pair that does not match, which {@link #read} says in a sentence. */
    void write(PrivateKey secret, X509Certificate shown) throws IOException {
        write(key, pem(new JcaPKCS8Generator(secret, null)), "rw-------");
        write(certificate, pem(shown), "rw-r--r--");
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // A new temporary file is its owner's alone, so that there is no moment at which others could read a key.
        Path fresh = Files.createTempFile(folder, "pem", ".tmp");
        Files.writeString(fresh, text);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
