package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.Settings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClientFileInProductionTest {

    @Test
    void productionRefusesAFileOfClients() {
        Settings settings = settings("production", "clients.json");

        assertThatThrownBy(() -> ClientFile.named(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CONSENTRY_CLIENTS is for the sandbox only");
    }

    @Test
    void productionStartsWithoutOne() {
        assertThat(ClientFile.named(settings("production", ""))).isEmpty();
    }

    @Test
    void theSandboxLoadsIt() {
        assertThat(ClientFile.named(settings("sandbox", "clients.json"))).hasValue(Path.of("clients.json"));
    }

    private static Settings settings(String mode, String clients) {
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValue("consentry.mode", mode)
                .withDefaultValue("consentry.base-url", "https://consentry.example")
                .withDefaultValue("consentry.loopback-url", "http://127.0.0.1:8080")
                .withDefaultValue("consentry.clients", clients)
                .build()
                .getConfigMapping(Settings.class);
    }
}
