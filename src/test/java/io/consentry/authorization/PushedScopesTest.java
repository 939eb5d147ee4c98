package io.consentry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.requirement.Requirement;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked for: scopes of the catalogue that the client is registered for (RFC 6749 §3.3). */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class PushedScopesTest {

    private TestClient bank;
    private ClientFlow flow;

    @BeforeEach
    void beginFlow() {
        bank = TestClient.ready("harbour-bank");
        flow = bank.flow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shoesize",
                "name shoesize",
                "NAME",
                "name,dob",
                "name\u00a0dob",
                "nаme",
                "offline_access",
                "cpfbalances.",
                "*"
            })
    @Requirement("RFC6749-3.3")
    void aScopeThatDoesNotExistIsRefused(String scope) {
        flow.par().with("scope", scope).send().isRefused(400, "invalid_scope", "unknown_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vehicles", "name drivinglicence", "noahistory", "name hdbownership"})
    @Requirement("CX-3")
    void aScopeThatTheClientIsNotRegisteredForIsRefused(String scope) {
        flow.par().with("scope", scope).send().isRefused(400, "invalid_scope", "unregistered_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "   "})
    void aScopeOfNothingIsRefused(String scope) {
        flow.par().with("scope", scope).send().isRefused(400, "invalid_request", "invalid_parameter");
    }

    @Test
    void aContainerStandsForAllThatIsInIt() {
        flow.asking("openid cpfbalances").push();

        assertThat(flow.wholeFlow(ClientFlow.COMPLETE).outcomes().keySet())
                .containsExactlyInAnyOrder("cpfbalances.oa", "cpfbalances.sa", "cpfbalances.ma", "cpfbalances.ra");
    }

    @Test
    void scopesMayComeInAnyOrderAndTwice() {
        flow.asking("name openid name uinfin");

        assertThat(flow.wholeFlow(ClientFlow.COMPLETE).outcomes()).containsOnlyKeys("name", "uinfin");
    }
}
