package io.consentry.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.consentry.catalogue.Attribute;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.SourceId;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.Settings;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadyClientsTest {

    @Inject
    Clients clients;

    @Inject
    Catalogue catalogue;

    @Inject
    ReadyClients readyClients;

    @Inject
    ReadyClientKeys keys;

    @Inject
    Settings settings;

    @Test
    void theyAreListedWithTheMembersThatTheDesignNames() {
        Response answer = given().when().get("/sandbox/clients");

        answer.then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        List<Map<String, Object>> listed = answer.jsonPath().getList("$");
        assertThat(listed)
                .extracting(each -> each.get("client_id"))
                .contains("harbour-bank", "plain-lender", "orchard-finance", "kopi-rental", "merlion-wealth");
        assertThat(listed).allSatisfy(each -> {
            assertThat(each)
                    .containsOnlyKeys(
                            "client_id", "client_name", "redirect_uris", "scope", "optional_scope", "purpose", "jwks");
            assertThat(words(each, "scope")).startsWith("openid").containsAll(words(each, "optional_scope"));
        });
    }

    @Test
    void theirPrivateKeysFitThePublicOnesThatAreRegistered() throws ParseException {
        for (ReadyClient ready : readyClients.all()) {
            JWKSet privateKeys = JWKSet.parse(ready.jwks());
            JWKSet publicKeys = JWKSet.parse(registered(ready.clientId()).jwks().orElseThrow());

            assertThat(privateKeys.getKeys()).isNotEmpty().allMatch(JWK::isPrivate);
            assertThat(privateKeys.toPublicJWKSet().toJSONObject()).isEqualTo(publicKeys.toJSONObject());
        }
    }

    @Test
    void theBankAsksSixSourcesAndReceivesItsAnswerEncrypted() throws ParseException {
        RegisteredClient bank = registered("harbour-bank");

        assertThat(bank.userinfo().encryptedAlg()).hasValue("ECDH-ES+A256KW");
        assertThat(bank.userinfo().encryptedEnc()).hasValue("A256GCM");
        assertThat(bank.idToken().isEncrypted()).isFalse();
        assertThat(bank.redirectUris())
                .extracting(Object::toString)
                .contains("http://127.0.0.1:" + settings.port() + "/bank/callback");
        assertThat(bank.scope().size()).isBetween(35, 40);
        assertThat(sources(bank))
                .containsExactlyInAnyOrder(
                        SourceId.ICA_MOM, SourceId.HDB, SourceId.CPFB, SourceId.IRAS, SourceId.SINGPASS, SourceId.MSF);
        assertThat(JWKSet.parse(bank.jwks().orElseThrow()).getKeys())
                .extracting(JWK::getKeyUse)
                .containsExactlyInAnyOrder(KeyUse.SIGNATURE, KeyUse.ENCRYPTION);
    }

    @Test
    void togetherTheyCoverTheFormsAnAnswerCanTake() {
        assertThat(registered("plain-lender").userinfo().isSigned()).isFalse();
        assertThat(registered("orchard-finance").userinfo().isSigned()).isTrue();
        assertThat(registered("orchard-finance").userinfo().isEncrypted()).isFalse();
        assertThat(registered("orchard-finance").jwks().orElseThrow()).contains("PS256");
        assertThat(registered("kopi-rental").idToken().isEncrypted()).isTrue();
    }

    @Test
    void registeringThemAgainChangesNothing() {
        RegisteredClient before = registered("harbour-bank");

        readyClients.register();

        assertThat(registered("harbour-bank")).isEqualTo(before);
    }

    @Test
    void nodesThatStartTogetherAgreeOnTheKeys() throws Exception {
        Callable<String> node = () -> keys.findOrMake("raced-keys", new ReadyClientDefinition.Keys("ES256", true))
                .toString(false);

        Set<String> made;
        try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
            made = nodes.invokeAll(IntStream.range(0, 16).mapToObj(i -> node).toList()).stream()
                    .map(done -> done.resultNow())
                    .collect(Collectors.toSet());
        }

        assertThat(made).hasSize(1);
    }

    @Test
    void keysDoNotPrint() {
        assertThat(readyClients.all())
                .extracting(ReadyClient::toString)
                .noneMatch(text -> text.contains("\"d\""))
                .noneMatch(text -> text.contains("jwks"));
    }

    private static List<String> words(Map<String, Object> client, String member) {
        return List.of(Objects.requireNonNull(client.get(member)).toString().split(" "));
    }

    private RegisteredClient registered(String id) {
        return clients.find(new ClientId(id)).orElseThrow();
    }

    private Set<SourceId> sources(RegisteredClient client) {
        return client.scope().stream()
                .map(name -> catalogue.find(name).orElseThrow())
                .map(Attribute::source)
                .collect(Collectors.toSet());
    }
}
