package io.consentry.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.client.MetadataPart;
import io.consentry.client.RegistrationResult.Refused;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.consentry.notice.Receiver.Authorization;
import io.consentry.outbound.WebAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The member {@code events_delivery} of client metadata: {@code method} ({@code push} or {@code poll}) and, to be pushed
 * to, {@code endpoint_url} and maybe {@code authorization_header} (RFC 8935 §2.1). Absent, the client is told nothing.
 */
@ApplicationScoped
class ReceiverRegistration implements MetadataPart {

    private static final String MEMBER = "events_delivery";

    /** RFC 9110 §5.5, without the line breaks that would begin another header. */
    private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7E](?:[\\x20-\\x7E]{0,998}[\\x21-\\x7E])?");

    private final Receivers receivers;
    private final boolean publicOnly;

    ReceiverRegistration(Receivers receivers, Settings settings) {
        this.receivers = receivers;
        this.publicOnly = !settings.isSandbox();
    }

    @Override
    public Optional<Refused> fault(JsonNode metadata) {
        return metadata.hasNonNull(MEMBER)
                ? fault(metadata.path(MEMBER), publicOnly).map(reason -> new Refused(MEMBER, reason))
                : Optional.empty();
    }

    @Override
    public void store(ClientId client, JsonNode metadata) {
        if (metadata.hasNonNull(MEMBER)) {
            receivers.register(receiver(client, metadata.path(MEMBER)));
        } else {
            receivers.remove(client);
        }
    }

    static Optional<String> fault(JsonNode delivery, boolean publicOnly) {
        boolean push = delivery.path("method").asText().equals("push");
        if (!push && !delivery.path("method").asText().equals("poll")) {
            return Optional.of("must have a method, push or poll");
        }
        if (!push) {
            return delivery.hasNonNull("endpoint_url") || delivery.hasNonNull("authorization_header")
                    ? Optional.of("must have neither endpoint_url nor authorization_header when the client polls")
                    : Optional.empty();
        }
        return address(delivery.path("endpoint_url"), publicOnly).or(() -> header(delivery));
    }

    private static Optional<String> address(JsonNode endpoint, boolean publicOnly) {
        if (!endpoint.isTextual()) {
            return Optional.of("must have the endpoint_url to push to");
        }
        try {
            return WebAddress.outboundFault(new URI(endpoint.textValue()), publicOnly)
                    .map(fault -> "has an endpoint_url that must " + fault);
        } catch (URISyntaxException e) {
            return Optional.of("has an endpoint_url that is no address");
        }
    }

    private static Optional<String> header(JsonNode delivery) {
        JsonNode header = delivery.path("authorization_header");
        return !delivery.hasNonNull("authorization_header")
                        || (header.isTextual()
                                && HEADER.matcher(header.textValue()).matches())
                ? Optional.empty()
                : Optional.of("has an authorization_header that is not 1 to 1000 printable ASCII characters");
    }

    private static Receiver receiver(ClientId client, JsonNode delivery) {
        if (delivery.path("method").asText().equals("poll")) {
            return new Receiver.Poll(client);
        }
        return new Receiver.Push(
                client,
                URI.create(delivery.path("endpoint_url").textValue()),
                Optional.ofNullable(delivery.path("authorization_header").textValue())
                        .map(Authorization::new),
                0);
    }
}
