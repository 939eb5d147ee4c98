package io.consentry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consentry.kernel.NationalId;
import io.consentry.source.SourceFailure.Kind;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sources that fail below HTTP: nobody listens, the line breaks, or the bytes never end. */
@QuarkusTest
class UnreachableSourceTest {

    private static final NationalId PERSON = new NationalId("S9812381D");

    @Inject
    Enquiry enquiry;

    @Inject
    CircuitBreakerMaintenance breakers;

    private ServerSocket agency;

    @BeforeEach
    void listen() throws IOException {
        breakers.resetAll();
        agency = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        agency.close();
        breakers.resetAll();
    }

    @Test
    void aRefusedConnectionIsUnreachable() throws IOException {
        agency.close();

        assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aBrokenConnectionIsUnreachable() {
        answer("");

        assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void anAnswerCutOffHalfWayIsNoAnswer() {
        answer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"uin\":\"S98");

        assertThat(failure().kind()).isIn(Kind.UNREACHABLE, Kind.MALFORMED);
    }

    @Test
    void aRedirectIsNotFollowed() {
        answer("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");

        assertThat(failure().kind()).isIn(Kind.REFUSED, Kind.MALFORMED);
    }

    @Test
    void anAnswerThatTricklesInTimesOutOverItsWholeLength() {
        Thread.ofVirtual().start(this::trickle);
        long start = System.nanoTime();

        SourceFailure failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    private SourceFailure failure() {
        URI uri = URI.create("http://127.0.0.1:" + agency.getLocalPort());
        Source source = new SingpassSource(
                QuarkusRestClientBuilder.newBuilder().baseUri(uri).build(SingpassApi.class));
        return catchThrowableOfType(SourceFailure.class, () -> enquiry.ask(source, PERSON, Set.of("mobile.e164")));
    }

    private void answer(String response) {
        Thread.ofVirtual().start(() -> {
            try (Socket caller = agency.accept();
                    OutputStream out = caller.getOutputStream()) {
                int read = caller.getInputStream().read(new byte[8192]);
                assertThat(read).isPositive();
                out.write(response.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The test ended first.
            }
        });
    }

    private void trickle() {
        try (Socket caller = agency.accept();
                OutputStream out = caller.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException e) {
            // The caller gave up, as it should.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
