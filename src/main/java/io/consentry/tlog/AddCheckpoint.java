package io.consentry.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log asks of a witness: to cosign a checkpoint that goes on from the one that the witness cosigned last (C2SP tlog-witness,
 * "add-checkpoint"). Nothing of it has been verified.
 *
 * @param oldSize how many entries the earlier tree had; 0 when the witness has seen none
 * @param proof the consistency proof from there, as RFC 6962 §2.1.2 orders it
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {

    /** How long a body may be: a note, and the lines before it. */
    public static final int MAX_BYTES = SignedNote.MAX_BYTES + 4096;

    /** The type of the answer that names the size which the witness knows. */
    public static final String SIZE_TYPE = "text/x.tlog.size";

    private static final int MAX_PROOF = 63;
    private static final String OLD = "old ";

    public AddCheckpoint {
        if (proof.size() > MAX_PROOF) {
            throw new IllegalArgumentException("a consistency proof of over " + MAX_PROOF + " lines");
        }
        proof = List.copyOf(proof);
    }

    /** Reads a body; throws {@code IllegalArgumentException} when it is none. */
    public static AddCheckpoint parse(byte[] body) {
        String text = utf8(body);
        int blank = text.indexOf("\n\n");
        if (blank < 0 || !text.startsWith(OLD)) {
            throw new IllegalArgumentException("lines that begin with an old size, an empty line, and a checkpoint");
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        var proof = new ArrayList<Hash>();
        for (String line : lines.subList(1, lines.size())) {
            proof.add(Hash.parse(line));
        }
        return new AddCheckpoint(
                Decimal.parse(lines.getFirst().substring(OLD.length())),
                proof,
                SignedNote.parse(text.substring(blank + 2)));
    }

    private static String utf8(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new IllegalArgumentException("a body of over " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a body that is not UTF-8", e);
        }
    }

    /** As it is sent. */
    public String format() {
        var body = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> body.append(hash).append('\n'));
        return body.append('\n').append(checkpoint.format()).toString();
    }

    /** Reads the answer that names a size; throws {@code IllegalArgumentException} when it is none. */
    public static long parseSize(String answer) {
        if (!answer.endsWith("\n")) {
            throw new IllegalArgumentException("a size without its newline");
        }
        return Decimal.parse(answer.substring(0, answer.length() - 1));
    }
}
