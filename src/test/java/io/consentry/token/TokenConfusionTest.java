package io.consentry.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTParser;
import com.sun.net.httpserver.HttpServer;
import io.consentry.client.Clients;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Jwt;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.Service;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A JWT of one kind is not taken for one of another, nor is a key that it brings along believed (RFC 8725). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class TokenConfusionTest {

    @Inject
    Clients clients;

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("plain-lender");
        flow = bank.flow().asking("openid name");
    }

    @Test
    @Requirement("RFC8725-3.12")
    void aProofIsNoAssertionAndAnAssertionNoProof() {
        Jwt proof = flow.proof("POST", "/par").signedWith(bank.signingKey());

        flow.par()
                .without("client_assertion")
                .with("client_assertion", proof.build())
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.par().proofs(bank.assertion()).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC8725-3.11")
    void anAssertionWithTheKeyAndClaimsOfAProofIsStillNone() {
        JWK key = bank.signingKey();

        flow.par()
                .proof(jwt -> jwt.signedWith(key)
                        .header("jwk", key.toPublicJWK().toJSONObject())
                        .header("typ", "JWT"))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }

    @Test
    @Requirement("RFC8725-3.12")
    void anIdTokenAuthenticatesNoClientAndOpensNoRecord() {
        flow.untilToken(ClientFlow.COMPLETE);

        flow.par()
                .without("client_assertion")
                .with("client_assertion", flow.idToken())
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.userinfo(flow.idToken()).send().isRefused(401, "invalid_token", "invalid_access_token");
    }

    @Test
    @Requirement("RFC8725-3.1")
    void aPublicKeyIsNoSharedSecret() {
        for (String algorithm : List.of("HS256", "HS512", "nOnE", "", "ES256K", "EdDSA")) {
            UnaryOperator<Jwt> claimed = jwt -> jwt.header("alg", algorithm);
            flow.par().assertion(claimed).send().isRefused(401, "invalid_client", "invalid_client_assertion");
            flow.par().proof(claimed).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
        }
    }

    @Test
    @Requirement("FAPI2-SP-5.4.2-2")
    @Requirement("RFC8725-3.10")
    void aKeyThatAnAssertionBringsAlongIsNeitherFetchedNorBelieved() throws Exception {
        JWK own = TestClient.ecKey(KeyUse.SIGNATURE);
        var fetches = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        try {
            for (UnaryOperator<Jwt> bringing : List.<UnaryOperator<Jwt>>of(
                    jwt -> jwt.header("jku", address),
                    jwt -> jwt.header("x5u", address),
                    jwt -> jwt.header("jwk", own.toPublicJWK().toJSONObject()))) {
                flow.par()
                        .assertion(jwt -> bringing.apply(jwt.signedWith(own)))
                        .send()
                        .isRefused(401, "invalid_client", "invalid_client_assertion");
            }
        } finally {
            server.stop(0);
        }
        assertThat(fetches).hasValue(0);
    }

    @Test
    @Requirement("FAPI2-SP-5.4.2-2")
    void whatWeSignPointsToNoKeyElsewhere() throws Exception {
        flow.untilToken(ClientFlow.COMPLETE);

        var header = JWTParser.parse(flow.idToken()).getHeader().toJSONObject();

        assertThat(header).containsKeys("alg", "kid").doesNotContainKeys("jku", "x5u", "jwk", "x5c");
    }

    @Test
    @Requirement("FAPI2-SP-5.4.1-2")
    void aProofByAWeakRsaKeyIsRefused() {
        JWK weak = TestClient.rsaKey(1024);
        JWK strong = TestClient.rsaKey(2048);

        flow.par().proof(by(weak)).send().isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
        flow.par().proof(by(strong)).send().is(201);
    }

    private static UnaryOperator<Jwt> by(JWK key) {
        return jwt -> jwt.signedWith(key)
                .header("jwk", key.toPublicJWK().toJSONObject())
                .algorithm(JWSAlgorithm.PS256);
    }

    @Test
    @Requirement("RFC8725-3.8")
    @Requirement("RFC7523-3")
    void anAssertionOfAnotherIssuerAboutTheClientIsRefused() {
        flow.par()
                .assertion(jwt -> jwt.claim("iss", Service.issuer()))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
        flow.par()
                .assertion(jwt -> jwt.claim("iss", bank.id() + " "))
                .send()
                .isRefused(401, "invalid_client", "invalid_client_assertion");
    }

    @Test
    @Requirement("FAPI2-SP-5.4.3")
    void ofTwoPublishedKeysWithOneKidTheOneThatFitsIsTaken() throws Exception {
        JWK right = TestClient.ecKey(KeyUse.SIGNATURE);
        JWK other = new RSAKey.Builder(TestClient.rsaKey(2048).toRSAKey())
                .keyID(right.getKeyID())
                .build();
        byte[] published = new JWKSet(List.of(other.toPublicJWK(), right.toPublicJWK()))
                .toString(true)
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
            exchange.close();
        });
        server.start();
        try {
            TestClient client = TestClient.registered(clients, right, metadata -> {
                metadata.remove("jwks");
                metadata.put(
                        "jwks_uri", "http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            });

            client.flow().par().send().is(201);
            client.flow()
                    .par()
                    .assertion(jwt -> jwt.signedWith(TestClient.ecKey(KeyUse.SIGNATURE)))
                    .send()
                    .isRefused(401, "invalid_client", "invalid_client_assertion");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aProofThatExpiresLongAfterItsTimeIsStillOldWhenItIsOld() {
        flow.par()
                .proof(jwt -> jwt.shift("iat", -3600)
                        .claim("exp", TestClock.now().getEpochSecond() + 3600)
                        .claim("jti", UUID.randomUUID().toString()))
                .send()
                .isRefused(400, "invalid_dpop_proof", "invalid_dpop_proof");
    }
}
