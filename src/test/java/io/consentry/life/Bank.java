package io.consentry.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.client.Clients;
import io.consentry.testing.ClientAccess;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.TestClient;
import java.util.List;

/** A client that asks for one kind of grant; its records come signed and encrypted. Does not print its keys. */
final class Bank {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = "grant_management_query grant_management_revoke";

    private final TestClient client;
    private final JWK dpopKey = TestClient.ecKey(KeyUse.SIGNATURE);

    private Bank(TestClient client) {
        this.client = client;
    }

    static Bank registered(Clients clients, Kind kind) {
        var keys = new JWKSet(List.of(TestClient.ecKey(KeyUse.SIGNATURE), TestClient.ecKey(KeyUse.ENCRYPTION)));
        String scope = "openid " + String.join(" ", kind.attributes());
        TestClient made = TestClient.registered(clients, keys.getKeys().getFirst(), metadata -> {
            metadata.put("scope", scope)
                    .put("optional_scope", String.join(" ", kind.optional()))
                    .put("purpose", kind.purpose())
                    .put("userinfo_signed_response_alg", "ES256")
                    .put("userinfo_encrypted_response_alg", "ECDH-ES+A256KW")
                    .put("userinfo_encrypted_response_enc", "A256GCM");
            var types =
                    metadata.putArray("grant_types").add("authorization_code").add("client_credentials");
            if (kind.isPeriodic()) {
                types.add("refresh_token");
            }
            try {
                metadata.set("jwks", JSON.readTree(keys.toString(true)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
        return new Bank(new TestClient(made.id(), made.redirectUri(), scope, keys));
    }

    TestClient client() {
        return client;
    }

    /** One request, with the key that all of its requests are proved with. */
    ClientFlow flow() {
        return client.flow(dpopKey);
    }

    /** In its own name, with a token that is fresh. */
    ClientAccess own() {
        return ClientAccess.of(client, OWN);
    }
}
