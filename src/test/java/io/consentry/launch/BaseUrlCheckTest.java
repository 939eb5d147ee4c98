package io.consentry.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.consentry.requirement.Requirement;
import io.consentry.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service says of a base URL that does not lead back to it. */
class BaseUrlCheckTest {

    private HttpServer elsewhere;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/.well-known/oauth-authorization-server/fapi", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        elsewhere.stop(0);
    }

    @Test
    @Requirement("CX-TLS-4")
    void itsOwnIssuerIsNoProblem() {
        answer = "{\"issuer\": \"" + base() + "/fapi\"}";

        assertThat(check().problem()).isEmpty();
    }

    @Test
    @Requirement("CX-TLS-4")
    void anotherIssuerIsNamed() {
        answer = "{\"issuer\": \"https://other.example/fapi\"}";

        assertThat(check().problem())
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains(base()).contains("its issuer is https://other.example/fapi"));
    }

    @Test
    @Requirement("CX-TLS-4")
    void aPageThatIsNoMetadataIsSaidToBeAnotherService() {
        answer = "<html>";

        assertThat(check().problem())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("another service answers there"));
    }

    @Test
    @Requirement("CX-TLS-4")
    void anAddressThatNobodyAnswersIsNamed() {
        String nobody = "http://localhost:" + RunningService.freePort();

        assertThat(new BaseUrlCheck(nobody, nobody + "/fapi").problem())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("CONSENTRY_BASE_URL is " + nobody)
                        .contains("cannot reach itself"));
    }

    private String base() {
        return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
    }

    private BaseUrlCheck check() {
        return new BaseUrlCheck(base(), base() + "/fapi");
    }
}
