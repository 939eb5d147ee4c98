package io.consentry.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a client says to PostgreSQL, message by message (protocol 3.0), with the SQL that each message runs. */
final class PostgresWire {

    private static final int LEAST_PROTOCOL = 3 << 16;
    private static final int LARGEST = 64 * 1024 * 1024;

    private final DataInputStream in;
    private final Map<String, String> statements = new HashMap<>();
    private boolean started;

    PostgresWire(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * One message as it came.
     *
     * @param sql what it has run, in lower case
     */
    record Message(byte[] bytes, Optional<String> sql) {

        /** Whether an identifier is among its values, as the driver sends it: 16 bytes. */
        boolean has(UUID value) {
            byte[] wanted = ByteBuffer.allocate(16)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits())
                    .array();
            return IntStream.rangeClosed(0, bytes.length - wanted.length)
                    .anyMatch(at -> Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length));
        }

        boolean isCommit() {
            return sql.filter("commit"::equals).isPresent();
        }

        boolean endsATransaction() {
            return isCommit() || sql.filter("rollback"::equals).isPresent();
        }
    }

    /** The next message; throws {@link java.io.EOFException} at the end. */
    Message next() throws IOException {
        if (!started) {
            return first();
        }
        byte type = in.readByte();
        byte[] body = body(in.readInt() - Integer.BYTES);
        byte[] all = ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put(type)
                .putInt(body.length + Integer.BYTES)
                .put(body)
                .array();
        return new Message(all, sql((char) type, body));
    }

    /** Requests for encryption come before the one that begins the session, and are refused by the server. */
    private Message first() throws IOException {
        byte[] body = body(in.readInt() - Integer.BYTES);
        int code = ByteBuffer.wrap(body).getInt();
        started = code >= LEAST_PROTOCOL && code < 4 << 16;
        byte[] all = ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length + Integer.BYTES)
                .put(body)
                .array();
        return new Message(all, Optional.empty());
    }

    private byte[] body(int length) throws IOException {
        if (length < 0 || length > LARGEST) {
            throw new IOException("no message of PostgreSQL's");
        }
        return in.readNBytes(length);
    }

    private Optional<String> sql(char type, byte[] body) {
        return switch (type) {
            case 'Q' -> Optional.of(plain(text(body, 0)));
            case 'P' -> {
                String name = text(body, 0);
                statements.put(name, plain(text(body, length(name))));
                yield Optional.empty();
            }
            case 'B' -> Optional.ofNullable(statements.get(text(body, length(text(body, 0)))));
            default -> Optional.empty();
        };
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static String text(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, from, end - from, StandardCharsets.UTF_8);
    }

    private static String plain(String sql) {
        return sql.strip().toLowerCase(java.util.Locale.ROOT);
    }
}
