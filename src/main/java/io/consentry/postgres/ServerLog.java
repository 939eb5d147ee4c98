package io.consentry.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the embedded server and its tools have written, from some moment on. */
record ServerLog(Path file, long from) {

    private static final Pattern COMPLAINT = Pattern.compile("\\b(PANIC|FATAL|ERROR|error|could not|No space left)\\b");
    private static final int MUCH = 1 << 20;

    /** From now on. */
    static ServerLog from(Path file) throws IOException {
        return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** The last line that complains, without its time and process. */
    Optional<String> complaint() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(from, log.length() - MUCH));
            byte[] text = new byte[(int) Math.max(0, log.length() - log.getFilePointer())];
            log.readFully(text);
            return new String(text, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .filter(line -> !line.contains("database system is starting up"))
                    .reduce((earlier, later) -> later)
                    .map(line ->
                            line.replaceFirst("^\\S+ \\S+ \\S+ \\[\\d+\\] ", "").strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
