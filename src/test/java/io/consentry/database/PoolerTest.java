package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.testing.ClientFlow;
import io.consentry.testing.Pgbouncer;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestResident;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Behind a pooler that gives each transaction whatever session is free. {@code scripts/test --tools} installs it. */
@QuarkusTest
@TestProfile(Pgbouncer.Between.class)
@EnabledIfSystemProperty(named = "consentry.tools", matches = "true")
class PoolerTest {

    private final TestClient bank = TestClient.ready("harbour-bank");

    @Test
    void manyTransactionsShareFewSessions() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<?> each : IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(
                            () -> bank.flow().asking("openid name email").wholeFlow(ClientFlow.COMPLETE)))
                    .toList()) {
                each.get();
            }
        }
        TestResident person = TestResident.signIn(ClientFlow.COMPLETE);

        String grant = person.newestGrant();
        person.withdraw(grant).is(204);

        assertThat(person.status(grant)).isEqualTo("withdrawn");
    }
}
