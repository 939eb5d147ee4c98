package io.consentry.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The JSON Schemas (2020-12) of what is exported; they come with the program, in {@code schemas/}. */
enum Schema {
    PLAIN("consent-record.json"),
    LINKED("consent-record-27560.json"),
    ALL("consent-export.json");

    /** Of the records' form. A change that is not an addition is a new one. */
    static final String VERSION = "1.0";

    private final String file;

    Schema(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    static Optional<Schema> of(String file) {
        return Stream.of(values()).filter(each -> each.file.equals(file)).findFirst();
    }

    String text() {
        try (InputStream in = Objects.requireNonNull(
                Schema.class.getResourceAsStream("/schemas/" + file), "the program holds no schemas/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
