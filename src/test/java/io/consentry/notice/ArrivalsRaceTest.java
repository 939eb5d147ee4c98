package io.consentry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.GrantId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.Effort;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClient;
import io.consentry.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events happen while others are taken over from the ledger's outbox: each is in one place or the other, whenever it was committed. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
class ArrivalsRaceTest {

    private static final int ACTORS = 4;

    @Inject
    ToldClient told;

    @Inject
    Arrivals arrivals;

    @Test
    @Requirement("CX-NOTICE-1")
    void whatIsCommittedInTheMiddleOfATakingOverIsNotLost() throws Exception {
        int changes = Effort.of(50, 100, 5_000);
        TestClient client = told.polling();
        List<GrantId> grants =
                Stream.generate(() -> ToldClient.granted(client)).limit(ACTORS).toList();
        var over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(ACTORS + 1)) {
            Future<?> taking = threads.submit(() -> {
                while (!over.get()) {
                    arrivals.take();
                }
            });
            var acting = new ArrayList<Callable<Void>>();
            grants.forEach(grant -> acting.add(() -> pauseAndResume(grant, changes)));
            for (Future<Void> each : threads.invokeAll(acting)) {
                each.get();
            }
            over.set(true);
            taking.get();
        }

        assertThat(events(client)).isEqualTo(ACTORS * (1 + 2L * changes));
    }

    private Void pauseAndResume(GrantId grant, int times) {
        for (int i = 0; i < times; i++) {
            told.pause(grant);
            told.resume(grant);
        }
        return null;
    }

    private static long events(TestClient client) throws SQLException {
        try (Connection owner = TestDatabase.asOwner();
                PreparedStatement count = owner.prepareStatement("""
                        select (select count(*) from notice where client_id = ?)
                            + (select count(*) from ledger_outbox where client_id = ?)""")) {
            count.setString(1, client.id());
            count.setString(2, client.id());
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
