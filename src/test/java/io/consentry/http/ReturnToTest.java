package io.consentry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in leads nowhere but to our own pages. */
class ReturnToTest {

    @ParameterizedTest
    @ValueSource(strings = {"/me", "/consent/8a4b5a6e-2f7e-4f5e-9d52-3f1f2b7d0c11", "/me/activity?kind=all&client=a"})
    void aPathOfOurOwnIsKept(String path) {
        assertThat(ReturnTo.of(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "me",
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "/.//evil.example",
                "/a/..//evil.example",
                "javascript:alert(1)",
                "/%",
                "\\\\evil.example"
            })
    void anythingElseLeadsHome(String text) {
        assertThat(ReturnTo.of(text)).isEqualTo(ReturnTo.HOME);
    }

    @Test
    void aPathWithoutEndLeadsHome() {
        assertThat(ReturnTo.of("/" + "a".repeat(600))).isEqualTo(ReturnTo.HOME);
    }
}
