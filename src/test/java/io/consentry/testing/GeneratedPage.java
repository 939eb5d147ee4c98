package io.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is made from the program, and held to it; {@code -Dconsentry.pages.write=true} writes it anew. */
public record GeneratedPage(Path path) {

    /** A page below {@code src/docs}. */
    public static GeneratedPage named(String name) {
        return new GeneratedPage(Path.of("src/docs", name));
    }

    /** Fails unless the page is this. */
    public void is(String page) throws IOException {
        if (Boolean.getBoolean("consentry.pages.write")) {
            Files.writeString(path, page);
        }
        assertThat(Files.readString(path))
                .as(path + " is written anew by the same test with -Dconsentry.pages.write=true")
                .isEqualTo(page);
    }
}
