package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentry.requirement.Requirement;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The member {@code events_delivery} of client metadata. */
class ReceiverRegistrationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"push\"",
                "[]",
                "{}",
                "{\"method\": \"pigeon\"}",
                "{\"method\": \"push\"}",
                "{\"method\": \"push\", \"endpoint_url\": 7}",
                "{\"method\": \"push\", \"endpoint_url\": \"\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"/events\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/events#here\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://user:password@bank.example/events\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"http://bank.example/events\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"ftp://bank.example/events\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank example/\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/\", \"authorization_header\": \"\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/\", \"authorization_header\": 7}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/\", \"authorization_header\": \"a\\r\\nX: b\"}",
                "{\"method\": \"poll\", \"endpoint_url\": \"https://bank.example/\"}",
                "{\"method\": \"poll\", \"authorization_header\": \"Bearer x\"}"
            })
    @Requirement("CX-NOTICE-3")
    void aReceiverThatCannotBeIsRefused(String delivery) throws IOException {
        assertThat(ReceiverRegistration.fault(JSON.readTree(delivery), false)).isPresent();
        assertThat(ReceiverRegistration.fault(JSON.readTree(delivery), true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\": \"poll\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/events?for=us\"}",
                "{\"method\": \"push\", \"endpoint_url\": \"https://bank.example/\", \"authorization_header\": \"Bearer x y\"}"
            })
    @Requirement("CX-NOTICE-3")
    void aReceiverThatCanBeIsTaken(String delivery) throws IOException {
        assertThat(ReceiverRegistration.fault(JSON.readTree(delivery), true)).isEmpty();
    }

    @Test
    @Requirement("CX-NOTICE-3")
    void theDevelopersOwnMachineIsPushedToInTheSandboxOnly() throws IOException {
        String delivery = "{\"method\": \"push\", \"endpoint_url\": \"http://127.0.0.1:3000/events\"}";

        assertThat(ReceiverRegistration.fault(JSON.readTree(delivery), false)).isEmpty();
        assertThat(ReceiverRegistration.fault(JSON.readTree(delivery), true)).isPresent();
    }
}
