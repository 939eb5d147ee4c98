package io.consentry.requirement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of lines {@code id — sentence}; lines that begin with {@code #} are headings. Read strictly: a line of another
 * form, or an id that stands there twice, is an error and no comment.
 */
record IdList(Map<String, String> sentences, Map<String, String> headings) {

    private static final String DASH = " — ";

    static IdList read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static IdList parse(List<String> lines) {
        Map<String, String> sentences = new LinkedHashMap<>();
        Map<String, String> headings = new LinkedHashMap<>();
        String heading = "";
        for (String line : lines) {
            if (line.startsWith("#")) {
                heading = line.substring(1).strip();
            } else if (!line.isBlank()) {
                String[] parts = line.split(DASH, 2);
                if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                    throw new IllegalArgumentException("not of the form 'id" + DASH + "sentence': " + line);
                }
                if (sentences.put(parts[0].strip(), parts[1].strip()) != null) {
                    throw new IllegalArgumentException("stands there twice: " + parts[0]);
                }
                headings.put(parts[0].strip(), heading);
            }
        }
        return new IdList(sentences, headings);
    }
}
