package io.consentry.launch;

import io.consentry.database.StartRefusal;
import io.consentry.kernel.Settings;
import io.consentry.tls.MutualTlsSettings;
import io.consentry.tls.TlsSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The settings as they are needed before Quarkus is there to read them: from system properties and the environment. */
record LaunchSettings(SmallRyeConfig config, Settings settings, TlsSettings tls, MutualTlsSettings mutualTls) {

    /** The ordinal of {@code application.properties} inside the jar. */
    private static final int DEFAULTS = 250;

    static LaunchSettings read() {
        try {
            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .addDefaultSources()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withMapping(Settings.class)
                    .withMapping(TlsSettings.class)
                    .withMapping(MutualTlsSettings.class)
                    .withValidateUnknown(false)
                    .withDefaultValue("consentry.base-url", "")
                    .withDefaultValue("consentry.loopback-url", "")
                    .build();
            return new LaunchSettings(
                    config,
                    config.getConfigMapping(Settings.class),
                    config.getConfigMapping(TlsSettings.class),
                    config.getConfigMapping(MutualTlsSettings.class));
        } catch (ConfigValidationException e) {
            throw new StartRefusal(
                    "A setting cannot be read: " + e.getProblem(0).getMessage());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new StartRefusal("A setting cannot be read: " + e.getMessage());
        }
    }

    boolean isSandbox() {
        return settings.isSandbox();
    }

    Path folder(String name) {
        return settings.data().resolve(name);
    }

    /** What somebody has set, in the environment or by a system property; the program's own defaults do not count. */
    Optional<String> chosen(String name) {
        ConfigValue value = config.getConfigValue(name);
        return Optional.ofNullable(value.getValue())
                .filter(text -> value.getConfigSourceOrdinal() > DEFAULTS && !text.isBlank());
    }

    /** As it is now, with what was decided meanwhile; empty when nothing is set. */
    String now(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> config.getOptionalValue(name, String.class))
                .orElse("");
    }

    Optional<Integer> number(String name) {
        return config.getOptionalValue(name, Integer.class);
    }

    /** Decides it, for Quarkus too. */
    static void decide(String name, String value) {
        System.setProperty(name, value);
    }

    void decideUnlessChosen(String name, String value) {
        if (chosen(name).isEmpty()) {
            decide(name, value);
        }
    }
}
