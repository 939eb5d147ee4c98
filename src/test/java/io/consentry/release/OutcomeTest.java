package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No outcome is without words, for people and for developers. */
class OutcomeTest {

    @ParameterizedTest
    @EnumSource(AttributeOutcome.class)
    void everyOutcomeIsExplainedWhereverOneIsShown(AttributeOutcome outcome) throws IOException {
        Path messages = Path.of("src", "main", "resources", "messages");
        String bank = "missing_" + outcome.name().replace("_", "") + " = ";

        assertThat(Files.readString(messages.resolve("consent.properties")))
                .contains("outcome_$" + outcome.name() + " = ", "remedy_$" + outcome.name() + " = ");
        assertThat(Files.readString(messages.resolve("me.properties"))).contains("{#case '" + outcome.wire() + "'}");
        assertThat(Files.readString(Path.of("openapi", "openapi.yaml")).replaceAll("\\\\\\s+\\\\?", ""))
                .contains(outcome.wire());
        assertThat(Files.readString(messages.resolve("bank.properties")).contains(bank))
                .isEqualTo(outcome != AttributeOutcome.RELEASED);
    }
}
