package io.consentry.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How the operator's name and colours stand on every page; each is also an environment variable, {@code CONSENTRY_THEME_…}. */
@ConfigMapping(prefix = "consentry.theme")
interface ThemeSettings {

    /** What the service calls itself. */
    @WithDefault("Consentry")
    String name();

    /**
     * The one colour of buttons, links and marks, {@code #rrggbb}. Pages darken or lighten it as far as their background
     * needs for a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). A value that is no such colour refuses to start.
     */
    @WithDefault("#0d5f5a")
    String primaryColour();

    /** An SVG or PNG file to stand before the name; our own mark in the primary colour when not set. */
    Optional<Path> logo();
}
