package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Handles that lead to a grant name its log first. Behind any other prefix the same secret is a handle that nobody ever gave out. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class HandlePrefixTest {

    private static final String URN = "urn:ietf:params:oauth:request_uri:";
    private static final List<String> OTHERS =
            List.of("", "1.", "00.", "+0.", "-0.", "0.0.", "0,", "x.", "1000.", "٠.");

    private final TestClient bank = TestClient.ready("merlion-wealth");
    private final ClientFlow flow = bank.flow().asking("openid name");

    @Test
    void anotherPrefixIsAnotherRequest() {
        String handle = named(flow.push().requestUri().substring(URN.length()));

        for (String other : OTHERS) {
            String uri = URLEncoder.encode(URN + other + handle, StandardCharsets.UTF_8);
            flow.authorizing(uri).send().isErrorPage(400, "invalid_request_uri");
        }
        flow.authorize().send().is(303);
    }

    @Test
    void anotherPrefixIsAnotherCodeAndAnotherToken() {
        flow.push().approve(ClientFlow.COMPLETE);
        String code = flow.code();
        for (String other : OTHERS) {
            flow.code(other + named(code)).token().send().isRefused(400, "invalid_grant", "invalid_code");
        }
        String refreshToken = flow.code(code).redeem().text("refresh_token");
        for (String other : OTHERS) {
            flow.refresh(other + named(refreshToken)).send().isRefused(400, "invalid_grant", "invalid_refresh_token");
        }
        String token = flow.accessToken();
        for (String other : OTHERS) {
            if (StandardCharsets.US_ASCII.newEncoder().canEncode(other)) { // a header is no place for anything else
                flow.userinfo(other + named(token)).send().isRefused(401, "invalid_token", "invalid_access_token");
            }
        }
        assertThat(flow.fetchWith(token).personInfo().has("name")).isTrue();
    }

    /** What stands behind the number of the log. */
    private static String named(String handle) {
        assertThat(handle).matches("0\\.[A-Za-z0-9_-]{43}");
        return handle.substring(2);
    }
}
