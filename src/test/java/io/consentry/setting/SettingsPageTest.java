package io.consentry.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.GeneratedPage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of settings says what the program reads. */
class SettingsPageTest {

    @Test
    void thePageIsWhatTheSettingsSay() throws IOException {
        GeneratedPage.named("settings.md").is(SettingsPage.of(SettingsList.mappings(), defaults()));
    }

    @Test
    void everySettingSaysWhatItMeans() {
        Meanings meanings = Meanings.of(SettingsList.mappings());

        Stream<String> silent = SettingsList.all()
                .filter(setting -> meanings.of(setting).isEmpty())
                .map(Setting::name);

        assertThat(silent.collect(Collectors.toList())).isEmpty();
    }

    /** What the program sets itself where an interface has no default. */
    private static Properties defaults() throws IOException {
        var properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return properties;
    }
}
