package io.consentry.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.outbound.Outbound;
import io.consentry.outbound.OutboundAnswer;
import io.consentry.outbound.OutboundRequest;
import io.consentry.outbound.OutboundRequest.Limits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Pushes one token to the address of a client's choice (RFC 8935 §2.1), within the time that the settings give. */
@ApplicationScoped
class PushClient {

    private static final int LARGEST_BYTES = 64 * 1024;
    private static final int ACCEPTED = 202;
    private static final int REJECTED = 400;

    private final Outbound outbound;
    private final ObjectMapper json;
    private final NoticeSettings settings;

    PushClient(Outbound outbound, ObjectMapper json, NoticeSettings settings) {
        this.outbound = outbound;
        this.json = json;
        this.settings = settings;
    }

    /** Blocks until there is an answer or none is waited for any more. */
    PushResult push(Receiver.Push receiver, String token) {
        try {
            return judge(outbound.send(new OutboundRequest(
                    receiver.endpoint(),
                    headers(receiver),
                    Optional.of(token),
                    REJECTED,
                    new Limits(settings.answerWithin(), LARGEST_BYTES))));
        } catch (IOException e) {
            return new PushResult.Unanswered();
        }
    }

    private static Map<String, String> headers(Receiver.Push receiver) {
        var headers = new HashMap<>(Map.of("Content-Type", "application/secevent+jwt", "Accept", "application/json"));
        receiver.authorization().ifPresent(secret -> headers.put("Authorization", secret.value()));
        return headers;
    }

    private PushResult judge(OutboundAnswer answer) {
        return switch (answer.status()) {
            case ACCEPTED -> new PushResult.Accepted();
            case REJECTED -> rejected(answer.body());
            default -> new PushResult.Unclear(answer.status());
        };
    }

    /** RFC 8935 §2.3: JSON with {@code err}; anything else is no verdict. */
    private PushResult rejected(String body) {
        try {
            JsonNode error = json.readTree(body).path("err");
            return error.isTextual()
                    ? new PushResult.Rejected(ReceiverError.ofWire(error.textValue()))
                    : new PushResult.Unclear(REJECTED);
        } catch (JsonProcessingException e) {
            return new PushResult.Unclear(REJECTED);
        }
    }
}
