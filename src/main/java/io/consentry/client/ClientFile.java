package io.consentry.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.client.RegistrationResult.Refused;
import io.consentry.kernel.Settings;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Registers the clients of the file that {@code CONSENTRY_CLIENTS} names: a JSON array of client metadata in RFC 7591 §2
 * member names. A developer's convenience, so production refuses it: there, a client is registered by someone who is
 * entitled to, not by whoever can write a file.
 */
@ApplicationScoped
class ClientFile {

    /** After the sandbox's ready-made clients, so that the file has the last word. */
    static final int PRIORITY = 2200;

    private static final Logger LOG = Logger.getLogger(ClientFile.class);
    /** What a client of the file is for that does not say so: a convenience of the sandbox, as all of the file. */
    private static final String DEFAULT_PURPOSE = "account_opening";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Settings settings;
    private final Clients clients;

    ClientFile(Settings settings, Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** All of the file or nothing: a bad entry stops the start and leaves the registry as it was. */
    @Transactional
    void onStart(@Observes @Priority(PRIORITY) StartupEvent event) {
        named(settings).ifPresent(this::load);
    }

    /** The file to load, if one is named; a refusal in production mode. */
    static Optional<Path> named(Settings settings) {
        if (settings.clients().isPresent() && !settings.isSandbox()) {
            throw new ConfigurationException("CONSENTRY_CLIENTS is for the sandbox only: unset it in production mode");
        }
        return settings.clients().filter(file -> settings.serves());
    }

    void load(Path file) {
        JsonNode entries = read(file);
        for (int i = 0; i < entries.size(); i++) {
            if (clients.register(withPurpose(entries.get(i))) instanceof Refused refused) {
                throw refusal(file, entryName(i, entries.get(i)) + ": " + refused.member() + " " + refused.reason());
            }
        }
        LOG.infof("Registered %d clients of %s", entries.size(), file);
    }

    /** What a page would say without anybody having said it is written into the registration, and into the log. */
    private static JsonNode withPurpose(JsonNode entry) {
        if (!(entry instanceof ObjectNode client) || client.hasNonNull("purpose")) {
            return entry;
        }
        LOG.infof("Client %s names no purpose and is registered for %s", client.path("client_id"), DEFAULT_PURPOSE);
        return client.deepCopy().put("purpose", DEFAULT_PURPOSE);
    }

    private static JsonNode read(Path file) {
        JsonNode entries;
        try {
            entries = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw refusal(file, "it is not JSON: see line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw refusal(file, "it cannot be read");
        }
        if (!entries.isArray()) {
            throw refusal(file, "it must be a JSON array of clients");
        }
        return entries;
    }

    /** People count from one, and know their clients by name. */
    private static String entryName(int index, JsonNode entry) {
        String id = entry.path("client_id").asText("");
        return "entry " + (index + 1) + (id.isEmpty() ? "" : " (" + id + ")");
    }

    private static ConfigurationException refusal(Path file, String reason) {
        return new ConfigurationException("CONSENTRY_CLIENTS names " + file + ", but " + reason);
    }
}
