package io.consentry.setting;

import io.quarkus.runtime.configuration.MemorySize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** The page of settings in Markdown: a table for each interface with {@code @ConfigMapping}. */
final class SettingsPage {

    private static final Map<Class<?>, String> UNITS = Map.of(
            Duration.class, "length of time",
            int.class, "number",
            double.class, "share of 1",
            MemorySize.class, "bytes, or `K`, `M`",
            boolean.class, "`true` or `false`",
            Path.class, "file or folder");

    private static final String HEAD = """
            # Settings

            Written from the program's own interfaces by `SettingsPageTest`, which also holds it to them; change it there. A setting is an
            environment variable by the name given here, or a system property in lower case with dots (`consentry.port`). A length of time is
            `PT10S`, `PT5M`, `P30D`, or `10s`, `5m`. What lies beyond its bounds refuses to start, in a sentence that names the setting, what
            it is and what it may be. The database and the pool are Quarkus' own settings; the README names those that matter.
            """;

    private final Meanings meanings;
    private final Properties defaults;

    private SettingsPage(Meanings meanings, Properties defaults) {
        this.meanings = meanings;
        this.defaults = defaults;
    }

    static String of(List<Class<?>> mappings, Properties defaults) {
        var page = new SettingsPage(Meanings.of(mappings), defaults);
        return HEAD + mappings.stream().map(page::section).collect(Collectors.joining());
    }

    private String section(Class<?> mapping) {
        return "\n## " + SettingsList.prefix(mapping) + "\n\n" + meanings.of(mapping) + "\n\n"
                + "| setting | meaning | unit | default | bounds |\n|---|---|---|---|---|\n"
                + SettingsList.of(mapping).map(this::row).collect(Collectors.joining());
    }

    private String row(Setting setting) {
        return "| " + code(setting.variable()) + " | " + meanings.of(setting) + " | " + unit(setting) + " | "
                + byDefault(setting) + " | " + bounds(setting) + " |\n";
    }

    private static String unit(Setting setting) {
        Class<?> type = setting.type();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(each -> code(each.toString().toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(" or "))
                : UNITS.getOrDefault(type, type.getSimpleName().equals("OptionalInt") ? "number" : "text");
    }

    private String byDefault(Setting setting) {
        return setting.byDefault()
                .or(() -> Optional.ofNullable(defaults.getProperty(setting.name())))
                .map(SettingsPage::code)
                .orElse("none");
    }

    private static String bounds(Setting setting) {
        return Bounds.of(setting)
                .map(bounds -> code(bounds.least()) + " to " + code(bounds.most()))
                .orElse("");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
