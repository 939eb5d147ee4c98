package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.consent.AmendmentRequests.Mode;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.LogNumber;
import io.consentry.person.Assurance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request is checked once: what is stored of it is what is read back when somebody comes for it. */
class AuthorizationRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:05:06.789Z");

    static Stream<AuthorizationRequest> requests() {
        return Stream.of(
                request(new GrantManagement.Create(), bare(), notDemanding()),
                request(
                        new GrantManagement.Amend(Mode.MERGE, GrantId.create(LogNumber.FIRST)),
                        full(),
                        demanding(Optional.of(Duration.ZERO))),
                request(
                        new GrantManagement.Amend(Mode.REPLACE, GrantId.create(LogNumber.FIRST)),
                        full(),
                        demanding(Optional.of(Duration.ofHours(1)))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsStoredIsReadBack(AuthorizationRequest request) {
        var row = new RequestRow();

        row.write(request, LogNumber.FIRST, NOW);

        assertThat(row.read()).usingRecursiveComparison().isEqualTo(request);
    }

    private static AuthorizationRequest request(GrantManagement grant, CodeTerms code, DemandedSignIn signIn) {
        return new AuthorizationRequest(
                new ClientId("harbour-bank"),
                grant,
                new PurposeVersion("account_opening", 3),
                Set.of(new AttributeName("name"), new AttributeName("email")),
                Set.of(new AttributeName("email")),
                code.nonce().map(nonce -> "state of " + nonce),
                code,
                signIn);
    }

    private static CodeTerms bare() {
        return new CodeTerms(
                URI.create("https://bank.example/cb"), Optional.empty(), "C".repeat(43), Optional.empty(), List.of());
    }

    private static CodeTerms full() {
        return new CodeTerms(
                URI.create("https://bank.example/cb?a=%2F"),
                Optional.of("n-0S6_WzA2Mj"),
                "C".repeat(43),
                Optional.of("K".repeat(43)),
                List.of("openid", "user.identity"));
    }

    private static DemandedSignIn notDemanding() {
        return new DemandedSignIn(
                false,
                Optional.empty(),
                List.of(),
                false,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static DemandedSignIn demanding(Optional<Duration> maxAge) {
        return new DemandedSignIn(
                true,
                maxAge,
                List.of(Assurance.ofLevel(3), Assurance.ofLevel(2)),
                true,
                Optional.of(Assurance.ofLevel(2)),
                Set.of(UUID.randomUUID()),
                Optional.of(new byte[] {1, 2, 3}),
                Optional.of("ta"));
    }
}
