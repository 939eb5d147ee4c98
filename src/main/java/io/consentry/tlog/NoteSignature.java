package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A signature line of a note.
 *
 * @param name of the key
 * @param keyId the first four bytes of a hash over name and key
 * @param bytes the signature, after the key's id
 */
public record NoteSignature(String name, int keyId, byte[] bytes) {

    private static final String DASH = "— ";

    public NoteSignature {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a key: " + name);
        }
        bytes = bytes.clone();
    }

    /** Names have neither spaces nor a plus sign, and are not empty. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || c < ' ' || Character.isSpaceChar(c) || Character.isWhitespace(c));
    }

    /** Reads a line without its newline; throws {@code IllegalArgumentException} when it is none. */
    static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new IllegalArgumentException("not a signature line");
        }
        ByteBuffer decoded = ByteBuffer.wrap(CanonicalBase64.decode(line.substring(space + 1)));
        if (decoded.remaining() <= Integer.BYTES) {
            throw new IllegalArgumentException("a signature without bytes");
        }
        int keyId = decoded.getInt();
        byte[] bytes = new byte[decoded.remaining()];
        decoded.get(bytes);
        return new NoteSignature(line.substring(DASH.length(), space), keyId, bytes);
    }

    /** The line, with its newline. */
    public String line() {
        byte[] all = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(keyId)
                .put(bytes)
                .array();
        return DASH + name + ' ' + CanonicalBase64.encode(all) + '\n';
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyId, Arrays.hashCode(bytes));
    }
}
