package io.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.ledger.GrowingLedgerCheck;
import io.quarkus.arc.Arc;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test the clock runs true again; after each class the whole ledger is verified, whatever the tests did. */
public final class ScenarioCheck implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        Arc.container().instance(TestClock.class).get().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        GrowingLedgerCheck check =
                Arc.container().instance(GrowingLedgerCheck.class).get();

        assertThat(check.problems()).isEmpty();
    }
}
