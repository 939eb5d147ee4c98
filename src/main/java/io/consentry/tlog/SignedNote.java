package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text with signatures below it (C2SP signed-note). The text says nothing until {@link #signaturesOf} has found one of a key that is
 * trusted.
 *
 * @param text ends with a newline
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** How long one may be, in bytes: 16 signatures of the longest kind have room. */
    static final int MAX_BYTES = 128 * 1024;

    /** Each costs whoever verifies; nobody has so many. */
    private static final int MAX_SIGNATURES = 64;

    public SignedNote {
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException(
                    "a note's text ends with a newline, and has no other control characters");
        }
        signatures = List.copyOf(signatures);
    }

    /** Reads one; throws {@code IllegalArgumentException} when it is none. */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a note of over " + MAX_BYTES + " bytes");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note that is not UTF-8", e);
        }
    }

    /** Reads one; throws {@code IllegalArgumentException} when it is none. */
    public static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || note.length() == blank + 2) {
            throw new IllegalArgumentException("a note without signatures");
        }
        return new SignedNote(note.substring(0, blank + 1), lines(note.substring(blank + 2)));
    }

    /** Reads signature lines, each with its newline. */
    public static List<NoteSignature> lines(String lines) {
        if (!lines.endsWith("\n")) {
            throw new IllegalArgumentException("a signature line without its newline");
        }
        // Not by String.lines(), for which a carriage return ends a line as well.
        String[] each = lines.substring(0, lines.length() - 1).split("\n", -1);
        if (each.length > MAX_SIGNATURES) {
            throw new IllegalArgumentException("over " + MAX_SIGNATURES + " signatures");
        }
        return Arrays.stream(each).map(NoteSignature::parse).toList();
    }

    /** This note with further signatures, those that it has already left out. */
    public SignedNote with(List<NoteSignature> further) {
        var all = new ArrayList<>(signatures);
        further.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return new SignedNote(text, all);
    }

    /**
     * The signatures of a key, all of them valid; none when it did not sign.
     *
     * @throws InvalidSignatureException when one that says it is of this key is not: then nothing of the note is to be trusted
     */
    public List<NoteSignature> signaturesOf(VerifierKey key) {
        List<NoteSignature> found = signatures.stream().filter(key::isNamedBy).toList();
        if (!found.stream().allMatch(signature -> key.verifies(text, signature))) {
            throw new InvalidSignatureException(key.name());
        }
        return found;
    }

    /** As it is written, signed and sent. */
    public String format() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
