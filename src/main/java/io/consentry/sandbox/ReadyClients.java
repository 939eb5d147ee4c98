package io.consentry.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.consentry.bank.Registrations;
import io.consentry.client.Clients;
import io.consentry.client.RegistrationResult.Refused;
import io.consentry.client.RegistrationResult.Registered;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The clients that every sandbox starts with, so that a developer has somebody to be without registering anything. */
@ApplicationScoped
class ReadyClients implements Registrations {

    /** Before {@code CONSENTRY_CLIENTS}, which may replace any of them. */
    static final int PRIORITY = 2100;

    private static final JsonMapper JSON = new JsonMapper();

    private final Settings settings;
    private final Clients clients;
    private final ReadyClientKeys keys;
    private final List<ReadyClientDefinition> definitions = read();

    ReadyClients(Settings settings, Clients clients, ReadyClientKeys keys) {
        this.settings = settings;
        this.clients = clients;
        this.keys = keys;
    }

    void onStart(@Observes @Priority(PRIORITY) StartupEvent event) {
        if (settings.isSandbox() && settings.serves()) {
            register();
        }
    }

    /** Registers all of them, each with its own keys; nothing changes when they are there already. */
    void register() {
        for (ReadyClientDefinition definition : definitions) {
            switch (clients.register(metadata(definition))) {
                case Registered registered -> {}
                case Refused refused ->
                    throw new IllegalStateException("The ready-made client " + definition.clientId() + ": "
                            + refused.member() + " " + refused.reason());
            }
        }
    }

    /** Their identifiers. */
    List<String> ids() {
        return definitions.stream().map(ReadyClientDefinition::clientId).toList();
    }

    /** All of them as they are registered now, with their private keys. */
    List<ReadyClient> all() {
        return definitions.stream().flatMap(this::describe).toList();
    }

    /** The registration of one of them, which a demo that plays it would have kept. */
    @Override
    public Optional<Registration> find(String clientId) {
        return definitions.stream()
                .filter(definition -> definition.clientId().equals(clientId))
                .flatMap(definition ->
                        describe(definition).map(client -> new Registration(client.scope(), privateKeys(definition))))
                .findFirst();
    }

    private Stream<ReadyClient> describe(ReadyClientDefinition definition) {
        return clients.find(new ClientId(definition.clientId())).stream()
                .map(client -> ReadyClient.of(client, privateKeys(definition)));
    }

    private JWKSet privateKeys(ReadyClientDefinition definition) {
        return keys.findOrMake(definition.clientId(), definition.keys());
    }

    private JsonNode metadata(ReadyClientDefinition definition) {
        try {
            String text = definition.metadata().toString().replace("{loopback}", settings.loopbackUrl());
            ObjectNode metadata = (ObjectNode) JSON.readTree(text);
            metadata.set("jwks", JSON.readTree(privateKeys(definition).toString(true)));
            return metadata;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ReadyClientDefinition> read() {
        try (InputStream file =
                Objects.requireNonNull(ReadyClients.class.getResourceAsStream("/sandbox/clients.json"))) {
            return JSON.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
