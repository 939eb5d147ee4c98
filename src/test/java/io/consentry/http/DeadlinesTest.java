package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Call;
import io.consentry.testing.Effort;
import io.consentry.testing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody keeps a connection by keeping us waiting, and nobody takes all that there are. */
@QuarkusTest
@TestProfile(ShortPatience.class)
@Timeout(30)
@Tag(Effort.SLOW)
class DeadlinesTest {

    private static final String KEYS = "GET /.well-known/keys HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX-More: "})
    @Requirement("CX-HTTP-5")
    void aConnectionWithoutAWholeHeadEnds(String begin) throws IOException {
        try (var connection = RawConnection.open().send(begin)) {
            assertThat(connection.untilClosed()).isEmpty();
        }
    }

    @Test
    void headersThatTrickleDoNotProlongTheDeadline() throws Exception {
        try (var connection = RawConnection.open().send("GET / HTTP/1.1\r\n")) {
            int sent = 0;
            while (connection.isOpen()) {
                sendIfOpen(connection, "X-Drop-" + sent++ + ": x\r\n");
                Thread.sleep(20);
            }

            assertThat(sent).isGreaterThan(3);
        }
    }

    @Test
    void aConnectionThatIsSilentBetweenRequestsEnds() throws IOException {
        try (var connection = RawConnection.open().send(KEYS)) {
            assertThat(connection.nextHeaders()).startsWith("HTTP/1.1 200 ");

            connection.untilClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/par", "/sandbox/sign-in", "/nothing", "/consent/x", "/.well-known/keys"})
    @Requirement("CX-HTTP-5")
    void aBodyThatStopsIsRefusedInTime(String path) throws IOException {
        try (var connection = RawConnection.open()
                .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nabc")) {
            assertThat(connection.untilClosed())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"code\":\"request_timeout\"")
                    .containsIgnoringCase("content-security-policy: ");
        }
    }

    @Test
    void aBodyThatTricklesDoesNotProlongTheDeadline() throws Exception {
        try (var connection = RawConnection.open()
                .send("POST /fapi/par HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            while (connection.isOpen()) {
                sendIfOpen(connection, "1\r\na\r\n");
                Thread.sleep(20);
            }
        } // the time limit of this class is the assertion
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nX-More: ",
                "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /q/health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nabc"
            })
    @Requirement("CX-HTTP-5")
    void theManagementPortHasTheSameDeadlines(String begin) throws IOException {
        try (var connection = RawConnection.toManagement().send(begin)) {
            connection.untilClosed();
        }
    }

    /** More answers than fit into what lies between, so that the last of them wait for the caller to take the first. */
    @Test
    @Requirement("CX-HTTP-5")
    void whoeverDoesNotTakeItsAnswerIsLetGo() throws Exception {
        try (var connection = RawConnection.open()) {
            for (int i = 0; i < 2_000; i++) {
                sendIfOpen(connection, "GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            while (takes(connection, "\r\n")) {
                Thread.sleep(50);
            }
        } // the time limit of this class is the assertion: with nothing read, only a closed socket refuses more
    }

    @Test
    @Requirement("CX-HTTP-5")
    void oneAddressHasItsShareOfTheConnections() throws IOException {
        InetAddress address = anotherAddress().orElse(null);
        assumeTrue(address != null, "this machine has the loopback interface only");
        try (var first = RawConnection.to(address);
                var others = new Opened()) {
            for (int i = 0; i < ShortPatience.CONNECTIONS_PER_ADDRESS; i++) {
                others.add(RawConnection.to(address));
            }

            assertThat(first.untilClosed()).isEmpty();
            assertThat(others.newest().send(KEYS).nextHeaders()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @Requirement("CX-HTTP-5")
    void silentConnectionsGiveWayToNewOnes() throws IOException {
        try (var silent = new Opened()) {
            for (int i = 0; i < 2 * ShortPatience.CONNECTIONS; i++) {
                silent.add(RawConnection.open());
            }

            Call.to("GET", "/.well-known/keys").send().is(200);
        }
    }

    private static void sendIfOpen(RawConnection connection, String text) {
        takes(connection, text); // or it was closed meanwhile, which the loop will see
    }

    private static boolean takes(RawConnection connection, String text) {
        try {
            connection.send(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<InetAddress> anotherAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    /** Connections that are closed together. */
    private static final class Opened implements AutoCloseable {

        private final Deque<RawConnection> connections = new ArrayDeque<>();

        void add(RawConnection connection) {
            connections.add(connection);
        }

        RawConnection newest() {
            return connections.getLast();
        }

        @Override
        public void close() throws IOException {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }
}
