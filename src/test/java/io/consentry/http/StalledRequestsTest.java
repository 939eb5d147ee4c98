package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.CapturedLog;
import io.consentry.testing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever begins a request and does not go on holds his own connection and nothing else. */
@QuarkusTest
class StalledRequestsTest {

    /** More than there are worker threads. */
    private static final int MANY = 300;

    private static final String HALF = "POST /fapi/par HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n";

    @Test
    @Timeout(30)
    @Requirement("CX-HTTP-5")
    void bodiesThatNeverComeHoldNoThread() throws IOException {
        try (var stalled = new Stalled(MANY, HALF)) {
            long begin = System.nanoTime();
            Call.to("GET", "/.well-known/keys").send().is(200);
            Call.to("GET", "/docs").send().is(200);
            Call.to("GET", "/fapi/.well-known/openid-configuration").send().is(200);
            Call.to("POST", "/fapi/par").with("client_id", "nobody").send();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
            assertThat(stalled.areOpen()).isTrue();
        }
    }

    @Test
    void aCallerWhoHangsUpIsNoErrorOfOurs() throws IOException {
        try (var log = new CapturedLog()) {
            new Stalled(3, HALF).close();
            new Stalled(3, HALF + "client_id=").close();
            new Stalled(3, "GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n").close();
            new Stalled(
                            3,
                            "POST /sandbox/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 2\r\n\r\n{}")
                    .close();
            Call.to("GET", "/.well-known/keys").send().is(200);

            assertThat(log.lines()).noneMatch(line -> line.contains("Unexpected") || line.contains("\tat "));
        }
    }

    @Test
    void anExpectedContinueIsSent() throws IOException {
        try (var connection = RawConnection.open()) {
            connection.send("POST /sandbox/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 22\r\n\r\n");
            assertThat(connection.nextHeaders()).startsWith("HTTP/1.1 100 ");

            connection.send("{\"uinfin\":\"S9812381D\"}");

            assertThat(connection.nextHeaders()).startsWith("HTTP/1.1 204 ");
        }
    }

    /** Connections that sent the same and then nothing. */
    private static final class Stalled implements AutoCloseable {

        private final List<RawConnection> connections = new ArrayList<>();

        Stalled(int count, String text) throws IOException {
            for (int i = 0; i < count; i++) {
                connections.add(RawConnection.open().send(text));
            }
        }

        boolean areOpen() throws IOException {
            for (RawConnection connection : connections) {
                if (!connection.isOpen()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }
}
