package io.consentry.key;

import io.consentry.kernel.Settings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The one secret outside the database: 32 bytes in a file, from which every other key of ours is derived or under which
 * it is wrapped.
 *
 * <p>Guarantees that a copy of the database alone opens no identity number, no ledger event and no signing key. Does not
 * guard against somebody who has the file as well. In the sandbox the file is made on first use, readable by its owner
 * only; in production it must be there.
 */
@ApplicationScoped
@Startup
public class MasterKey {

    private static final int BYTES = 32;

    private final SecretKey root;
    private final DataKey wrapping;
    private final Map<String, SecretKey> hashing = new ConcurrentHashMap<>();

    MasterKey(Settings settings) {
        this.root = new javax.crypto.spec.SecretKeySpec(read(settings), "Generic");
        this.wrapping = new DataKey(derive("wrap", "AES"));
    }

    /** A key for one purpose, derived by HKDF-SHA-256 (RFC 5869) with the label as info. */
    SecretKey derive(String label, String algorithm) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(root)
                    .thenExpand(("consentry/" + label).getBytes(StandardCharsets.UTF_8), BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of the JDK", e);
        }
    }

    /** HMAC-SHA-256 of a value under a key of the label's own: finds a row without storing the value. */
    public byte[] keyedHash(String label, String value) {
        return keyedHash(label, value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] keyedHash(String label, byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(hashing.computeIfAbsent(label, name -> derive(name, "HmacSHA256")));
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of the JDK", e);
        }
    }

    /** A fresh data key; store what {@link #wrap} makes of it. */
    public DataKey newDataKey() {
        return DataKey.random();
    }

    /** The data key sealed under the master key, bound to the row that it belongs to. */
    public byte[] wrap(DataKey key, String owner) {
        return wrapping.seal(key.encoded(), "data-key/" + owner);
    }

    /** The data key that {@link #wrap} sealed; throws {@code IllegalStateException} if it was changed or moved. */
    public DataKey unwrap(byte[] wrapped, String owner) {
        return DataKey.of(wrapping.open(wrapped, "data-key/" + owner));
    }

    /** The key for what belongs to no person: signing keys, and events before anybody has signed in. */
    public DataKey own() {
        return wrapping;
    }

    private static byte[] read(Settings settings) {
        Path file = settings.masterKeyFile().orElse(settings.data().resolve("master.key"));
        if (settings.masterKeyFile().isEmpty() && !settings.isSandbox()) {
            throw new IllegalStateException("CONSENTRY_MASTER_KEY_FILE is required in production mode");
        }
        try {
            if (settings.isSandbox() && Files.notExists(file)) {
                create(file);
            }
            return decode(file)
                    .orElseThrow(() ->
                            new IllegalStateException("The master key file must hold 32 bytes in base64: " + file));
        } catch (IOException e) {
            throw new IllegalStateException("The master key file cannot be read: " + file, e);
        }
    }

    /** Whether a file holds a master key: 32 bytes in base64. */
    public static boolean isIn(Path file) throws IOException {
        return decode(file).isPresent();
    }

    private static Optional<byte[]> decode(Path file) throws IOException {
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            return Optional.of(key).filter(bytes -> bytes.length == BYTES);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "master", ".tmp");
        try {
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
            // A hard link fails when the file is there: of two that start at once, one key wins and both read it.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // The other one was first.
        } catch (UnsupportedOperationException e) {
            throw new UncheckedIOException(new IOException("The data folder must support hard links", e));
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
