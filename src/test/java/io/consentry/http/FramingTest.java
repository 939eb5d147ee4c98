package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two readers could take for two requests is none (RFC 9112 §11.2). */
@QuarkusTest
@Timeout(30)
class FramingTest {

    private static final String SMUGGLED = "GET /.well-known/keys HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\nHost: evil.example",
                "Host: localhost\nHost: localhost",
                "Host: localhost, evil.example",
                "X-No: host",
                "Host: localhost\nContent-Length: 3\nTransfer-Encoding: chunked",
                "Host: localhost\nTransfer-Encoding: chunked\nContent-Length: 0",
                "Host: localhost\nContent-Length: 3\nContent-Length: 4",
                "Host: localhost\nContent-Length: 3, 4",
                "Host: localhost\nContent-Length: +3",
                "Host: localhost\nContent-Length: -1",
                "Host: localhost\nTransfer-Encoding: chunked, identity",
            })
    @Requirement("CX-HTTP-6")
    void contradictoryFramingIsRefusedAndTheConnectionClosed(String headers) throws IOException {
        try (var connection = RawConnection.open()) {
            connection.send("POST /fapi/par HTTP/1.1\r\n" + headers.replace("\n", "\r\n") + "\r\n\r\nabc" + SMUGGLED);

            assertThat(connection.untilClosed())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"malformed_request\"")
                    .doesNotContain("HTTP/1.1 200", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /<> HTTP/1.1\r\nHost: localhost\r\n",
                "NONSENSE\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nbroken header\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n",
                "GET / HTTP/3.7\r\nHost: localhost\r\nConnection: close\r\n",
                "GET http:// HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n"
            })
    @Requirement("CX-HTTP-1")
    void errorsOfTheHttpLayerItselfHaveOurFormAndHeaders(String head) throws IOException {
        isOurs(400, "malformed_request", head + "\r\n");
    }

    @Test
    @Requirement("CX-HTTP-1")
    void whatTheHttpLayerFindsTooLargeHasOurFormAndHeaders() throws IOException {
        isOurs(414, "address_too_long", "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        isOurs(
                431,
                "headers_too_large",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(70_000) + "\r\n\r\n");
    }

    private static void isOurs(int status, String code, String request) throws IOException {
        try (var connection = RawConnection.open().send(request)) {
            assertThat(connection.untilClosed())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("\"code\":\"" + code + "\"", "\"trace_id\":")
                    .containsIgnoringCase("content-security-policy: default-src 'none'")
                    .containsIgnoringCase("x-content-type-options: nosniff")
                    .containsIgnoringCase("cache-control: no-store")
                    .containsIgnoringCase("date: ")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    @Requirement("CX-HTTP-6")
    void withoutTlsThereIsNoHttp2() throws IOException {
        try (var connection = RawConnection.open()) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(connection.untilClosed()).startsWith("HTTP/1.1 400 ");
        }
        try (var connection = RawConnection.open()) {
            connection.send(
                    "GET /.well-known/keys HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
            assertThat(connection.nextHeaders()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        try (var connection = RawConnection.open()) {
            connection.send(SMUGGLED + "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            String answers = connection.untilClosed();

            assertThat(answers).startsWith("HTTP/1.1 200 ");
            assertThat(answers.indexOf("HTTP/1.1 404 ")).isPositive();
        }
    }

    @Test
    void farMoreRequestsThanAnswersEndTheConnection() throws IOException {
        try (var connection = RawConnection.open()) {
            connection.send(SMUGGLED.repeat(5_000));

            connection.untilClosed();
        } catch (IOException e) {
            assertThat(e).isInstanceOf(java.net.SocketException.class);
        }
    }
}
