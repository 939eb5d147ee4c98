package io.consentry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a connection waits, as the driver and the server are told. */
class PatienceTest {

    @Test
    void theServerGivesUpBeforeTheServiceDoes() {
        Map<String, String> properties = new Patience(settings(Map.of()), true).properties();

        assertThat(properties).containsEntry("socketTimeout", "8").containsEntry("connectTimeout", "2");
        assertThat(properties.get("options"))
                .contains("-c lock_timeout=4000", "-c statement_timeout=6000", "-c tcp_user_timeout=8000")
                .contains("-c idle_in_transaction_session_timeout=10000");
    }

    @Test
    void anOperatorsCommandWaitsAsLongAsItTakes() {
        Map<String, String> properties = new Patience(settings(Map.of()), false).properties();

        assertThat(properties).doesNotContainKey("socketTimeout");
        assertThat(properties.get("options")).contains("tcp_user_timeout").doesNotContain("statement_timeout");
    }

    @Test
    void aPoolerIsToldNothingThatOutlastsATransaction() {
        var behindPooler = settings(Map.of("consentry.database.behind-pooler", "true"));

        Map<String, String> properties = new Patience(behindPooler, true).properties();

        assertThat(properties).containsEntry("prepareThreshold", "0").doesNotContainKey("options");
    }

    @ParameterizedTest
    @CsvSource({"answer-within, PT6S", "statement-within, PT1S"})
    void waitsThatCouldNotEndInTheirOrderDoNotStart(String setting, String value) {
        var wrong = settings(Map.of("consentry.database." + setting, value));

        assertThatThrownBy(() -> new Patience(wrong, true))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("consentry.database." + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23503", "40001", "25P02", "P0001", "08003", "53100"})
    void aCommitThatWasRefusedIsNotInDoubt(String state) {
        assertThat(CommitInDoubtException.isRefusal(new SQLException("", state)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57014", "40003", "58030", "XX000"})
    void anyOtherFailureOfACommitIs(String state) {
        assertThat(CommitInDoubtException.isRefusal(new SQLException("", state)))
                .isFalse();
        assertThat(CommitInDoubtException.isRefusal(new SQLException(""))).isFalse();
    }

    private static DatabaseSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(DatabaseSettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(DatabaseSettings.class);
    }
}
