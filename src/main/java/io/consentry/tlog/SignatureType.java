package io.consentry.tlog;

import java.util.HexFormat;

/** The kinds of signatures that are read and made here (C2SP signed-note, tlog-cosignature). */
public enum SignatureType {
    /** Of the note's text as it stands. */
    ED25519(1, "Ed25519", "SunEC", 32, 64, "302a300506032b6570032100"),
    /** Of a checkpoint and the time at which it was seen. */
    ED25519_COSIGNATURE(4, "Ed25519", "SunEC", 32, 8 + 64, "302a300506032b6570032100"),
    /** The same, secure against quantum computers (FIPS 204). */
    ML_DSA_44_COSIGNATURE(6, "ML-DSA-44", "SUN", 1312, 8 + 2420, "30820532300b06096086480165030403110382052100");

    private final int code;
    private final String algorithm;
    private final String provider;
    private final int keyBytes;
    private final int signatureBytes;
    private final byte[] keyPrefix;

    SignatureType(int code, String algorithm, String provider, int keyBytes, int signatureBytes, String keyPrefix) {
        this.code = code;
        this.algorithm = algorithm;
        this.provider = provider;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
        this.keyPrefix = HexFormat.of().parseHex(keyPrefix);
    }

    /** The byte that stands for it in keys and key ids. */
    int code() {
        return code;
    }

    /** Its name in the JDK. */
    public String algorithm() {
        return algorithm;
    }

    /**
     * The one provider that makes, reads and uses its keys. Not whichever comes first: the Corretto provider 2.5.0 writes the private key of
     * ML-DSA as RFC 9881 has it, which the JDK's own (25) does not read, and a key is kept for longer than a node has that provider.
     */
    public String provider() {
        return provider;
    }

    int keyBytes() {
        return keyBytes;
    }

    /** Without the key's id; with the time, where it has one. */
    int signatureBytes() {
        return signatureBytes;
    }

    /** Whether it says when it was made: a cosignature. */
    public boolean hasTime() {
        return this != ED25519;
    }

    /** What comes before the key in an X.509 SubjectPublicKeyInfo. */
    byte[] keyPrefix() {
        return keyPrefix.clone();
    }

    static SignatureType ofCode(int code) {
        for (SignatureType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no signature type that is known here: " + code);
    }
}
