package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.client.RegistrationResult.Refused;
import io.consentry.client.RegistrationResult.Registered;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.FaultException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientsTest {

    @Inject
    Clients clients;

    @Test
    void aRegisteredClientIsFoundAsItWasRegistered() {
        RegisteredClient registered = register(ExampleClient.named("found-again"));

        RegisteredClient found = clients.find(registered.id()).orElseThrow();

        assertThat(found).usingRecursiveComparison().ignoringFields("jwks").isEqualTo(registered);
        assertThat(found.scope()).containsExactlyElementsOf(registered.scope());
        assertThat(ClientKeys.same(found.jwks().orElseThrow(), registered.jwks().orElseThrow()))
                .isTrue();
    }

    @Test
    void anUnknownClientIsNotFound() {
        assertThat(clients.find(new ClientId("nobody"))).isEmpty();
    }

    @Test
    void registeringTheSameAgainChangesNothing() {
        RegisteredClient first = register(ExampleClient.named("twice"));

        RegisteredClient second = register(ExampleClient.named("twice"));

        assertThat(second.version()).isEqualTo(first.version());
    }

    @Test
    void registeringAnewReplacesAndCountsUp() {
        RegisteredClient first = register(ExampleClient.named("renamed"));

        RegisteredClient second = register(ExampleClient.named("renamed")
                .with("client_name", "Other Bank")
                .without("jwks")
                .with("jwks_uri", "https://bank.example/jwks"));

        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(clients.find(first.id())).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo("Other Bank");
            assertThat(found.jwks()).isEmpty();
        });
    }

    @Test
    void aSuspensionCountsAtOnceAndOutlivesANewRegistration() {
        ClientId id = register(ExampleClient.named("suspended")).id();

        clients.suspend(id);
        register(ExampleClient.named("suspended").with("client_name", "Fresh Start"));

        assertThat(clients.find(id).orElseThrow().isActive()).isFalse();
        clients.activate(id);
        assertThat(clients.find(id).orElseThrow().isActive()).isTrue();
    }

    @Test
    void nobodyUnknownCanBeSuspended() {
        assertThatThrownBy(() -> clients.suspend(new ClientId("nobody")))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(FaultCode.NOT_FOUND));
    }

    @Test
    void aRefusedRegistrationLeavesNothingBehind() {
        RegistrationResult result = clients.register(
                ExampleClient.named("never-there").with("scope", "shoesize").json());

        assertThat(result)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.member()).isEqualTo("scope"));
        assertThat(clients.find(new ClientId("never-there"))).isEmpty();
    }

    @Test
    void manyWhoRegisterTheSameClientAtOnceAllSucceed() throws Exception {
        Callable<RegistrationResult> registration =
                () -> clients.register(ExampleClient.named("raced").json());

        List<Future<RegistrationResult>> results;
        try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
            results = nodes.invokeAll(
                    IntStream.range(0, 16).mapToObj(i -> registration).toList());
        }

        for (Future<RegistrationResult> result : results) {
            assertThat(result.get()).isInstanceOf(Registered.class);
        }
        assertThat(clients.find(new ClientId("raced")).orElseThrow().scope().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")))
                .startsWith("uinfin name");
    }

    private RegisteredClient register(ExampleClient example) {
        return switch (clients.register(example.json())) {
            case Registered registered -> registered.client();
            case Refused refused -> throw new AssertionError(refused);
        };
    }
}
