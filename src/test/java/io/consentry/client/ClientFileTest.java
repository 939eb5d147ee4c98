package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.ClientId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class ClientFileTest {

    @Inject
    ClientFile file;

    @Inject
    Clients clients;

    @TempDir
    Path folder;

    @Test
    void everyClientOfTheFileIsRegistered() throws IOException {
        Path path = write("[" + ExampleClient.named("filed-1").json() + ","
                + ExampleClient.named("filed-2").json() + "]");

        load(path);
        load(path);

        assertThat(clients.find(new ClientId("filed-1"))).isPresent();
        assertThat(clients.find(new ClientId("filed-2"))).isPresent();
    }

    @Test
    void anEntryWithoutAPurposeIsRegisteredForOpeningAnAccount() throws IOException {
        load(write("[" + ExampleClient.named("filed-5").without("purpose").json() + "]"));

        assertThat(clients.find(new ClientId("filed-5")).orElseThrow().purpose())
                .isEqualTo("account_opening");
    }

    @Test
    void aBadEntryIsNamedAndNothingOfTheFileStays() throws IOException {
        Path path = write("[" + ExampleClient.named("filed-3").json() + ","
                + ExampleClient.named("filed-4").with("scope", "name shoesize").json() + "]");

        refused(path, "but entry 2 (filed-4): scope has shoesize, which is not in the catalogue");
        assertThat(clients.find(new ClientId("filed-3"))).isEmpty();
    }

    @Test
    void anEntryWithoutANameIsCounted() throws IOException {
        refused(write("[7]"), "but entry 1: client metadata must be a JSON object");
    }

    @Test
    void aFileThatIsNoArrayOfClientsIsRefused() throws IOException {
        refused(write("{}"), "but it must be a JSON array of clients");
        refused(write(""), "but it must be a JSON array of clients");
        refused(write("[\n{\"client_id\": \"a\", \"client_id\": \"b\"}]"), "but it is not JSON: see line 2");
        refused(folder.resolve("missing.json"), "but it cannot be read");
    }

    private void refused(Path path, String reason) {
        assertThatThrownBy(() -> load(path))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("CONSENTRY_CLIENTS names " + path + ", " + reason);
    }

    /** In a transaction of its own, as at start. */
    private void load(Path path) {
        QuarkusTransaction.requiringNew().run(() -> file.load(path));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("clients.json"), json);
    }
}
