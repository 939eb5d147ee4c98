package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentry.kernel.Settings;
import io.consentry.requirement.Requirement;
import io.consentry.testing.ScenarioCheck;
import io.consentry.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node in production starts on no database whose time was put ahead. */
@QuarkusTest
@ExtendWith(ScenarioCheck.class)
@Requirement("CX-CLOCK-3")
class ClockInProductionTest {

    @Inject
    DSLContext sql;

    @Inject
    ClockSettings settings;

    @Inject
    TestClock clock;

    @Test
    void aDatabaseThatIsAheadOfItsClockIsRefused() {
        clock.advance(Duration.ofDays(1));

        assertThatThrownBy(() -> in("production").begin(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The database puts the service's time ahead of its clock by PT24H");
        assertThatCode(() -> in("sandbox").begin(new StartupEvent())).doesNotThrowAnyException();
    }

    @Test
    void aDatabaseWithTheTrueTimeIsTaken() {
        assertThatCode(() -> in("production").begin(new StartupEvent())).doesNotThrowAnyException();
    }

    private DatabaseClock in(String mode) {
        Settings service = new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValue("consentry.mode", mode)
                .withDefaultValue("consentry.base-url", "https://consentry.example")
                .withDefaultValue("consentry.loopback-url", "http://127.0.0.1:8080")
                .build()
                .getConfigMapping(Settings.class);
        return new DatabaseClock(sql, settings, service, new SimpleMeterRegistry());
    }
}
