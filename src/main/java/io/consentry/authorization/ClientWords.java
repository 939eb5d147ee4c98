package io.consentry.authorization;

import io.consentry.key.MasterKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What a client says to a person ({@code authentication_context_message}). It may be about them, so it is kept sealed. */
@ApplicationScoped
class ClientWords {

    private final MasterKey master;

    ClientWords(MasterKey master) {
        this.master = master;
    }

    byte[] seal(UUID request, String message) {
        return master.own().seal(message.getBytes(StandardCharsets.UTF_8), "context-message/" + request);
    }

    Optional<String> of(RequestRow request) {
        return Optional.ofNullable(request.sealedMessage)
                .map(message -> master.own().open(message, "context-message/" + request.id))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
