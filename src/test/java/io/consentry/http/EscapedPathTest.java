package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.Answer;
import io.consentry.testing.Call;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An address that is written in another way is judged as the one it leads to: matrix parameters, plain or escaped, and escaped
 * separators pass by no check of ours (the kind of CVE-2026-39852 and CVE-2026-50559).
 */
@QuarkusTest
class EscapedPathTest {

    private static final String SOMEBODY = "S9812381D";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me/consents;a=b",
                "/api/me/consents%3Ba=b",
                "/api/me;a/consents",
                "/api/me%3Ba/consents",
                "/api/me%2Fconsents",
                "/api%2fme/consents",
                "/api/me%5Cconsents",
                "/api//me/consents",
                "/api/x/../me/consents",
                "/api/x/%2e%2e/me/consents"
            })
    void nobodyReadsAPersonsConsentsWithoutASession(String path) {
        Answer answer = Call.to("GET", path).send();

        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/withdraw;a=b", "/withdraw%3Ba=b", ";a/withdraw", "%3Ba/withdraw", "%2Fwithdraw"})
    @Requirement("CX-7")
    void anotherSitesCallIsRefusedHoweverItsAddressIsWritten(String ending) {
        TestResident person = TestResident.signIn(SOMEBODY);

        Answer answer = person.call("POST", "/api/me/consents/9b2f5c1e-5f0c-4a53-9a9e-0d7c0f6a1b11" + ending)
                .header("Origin", "https://elsewhere.example")
                .send();

        assertThat(answer.status()).isIn(400, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/par;a=b", "/fapi/par%3Ba=b", "/fapi%2Fpar", "/fapi//par"})
    void aBodyThatIsTooLargeIsRefusedHoweverItsAddressIsWritten(String path) {
        Answer answer = Call.to("POST", path).with("state", "x".repeat(70_000)).send();

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fapi/userinfo;a=b", "/fapi/userinfo%3Ba=b", "/fapi%2Fuserinfo"})
    void nothingIsReleasedWithoutATokenHoweverTheAddressIsWritten(String path) {
        assertThat(Call.to("GET", path).send().status()).isIn(400, 401, 404);
    }
}
