package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's address of keys must not become a way into our own network. */
class KeyAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
                "100.64.0.1", "224.0.0.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]"
            })
    void anAddressOfOurOwnNetworkIsNotFetchedFrom(String host) {
        var production = new KeyAddress(true);

        assertThatThrownBy(() -> production.retrieveResource(
                        URI.create("https://" + host + "/keys").toURL()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("public addresses only");
    }

    @Test
    void outsideTheSandboxKeysComeByHttpsOnly() {
        var production = new KeyAddress(true);

        assertThatThrownBy(() -> production.retrieveResource(
                        URI.create("http://192.0.2.1/keys").toURL()))
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2001:4860:4860::8888]", "100.128.0.1", "172.32.0.1"})
    void aPublicAddressIsOne(String host) throws IOException {
        assertThat(KeyAddress.isPublic(host)).isTrue();
    }

    @Test
    void aFileIsNoAddressOfKeys() {
        assertThatThrownBy(() -> new KeyAddress(false)
                        .retrieveResource(URI.create("file:///etc/hostname").toURL()))
                .isInstanceOf(IOException.class);
    }
}
