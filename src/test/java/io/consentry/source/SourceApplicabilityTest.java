package io.consentry.source;

import static io.consentry.source.Agencies.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not exist for a kind of person is not applicable, which is neither empty nor down. */
@QuarkusTest
class SourceApplicabilityTest {

    @Inject
    Sources sources;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void closeBreakers() {
        breakers.resetAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpfbalances.oa", "cpfcontributions", "cpfhousingwithdrawal", "ownerprivate"})
    void aForeignerHasNoCpfAndTheBoardIsNotEvenAsked(String name) {
        double asked = asked("cpfb") + asked("iras");

        JsonNode item = notApplicable(Agencies.taggedWith("employment-pass"), name);

        assertThat(item.path("source").asText()).isEqualTo("3");
        assertThat(item.path("lastupdated").asText()).isEmpty();
        assertThat(item.path("unavailable").asBoolean()).isTrue();
        assertThat(item.has("value")).isFalse();
        assertThat(asked("cpfb") + asked("iras")).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"employment-pass, residentialstatus", "m-series, residentialstatus", "m-series, marital"})
    void aForeignersCodesThatDoNotApplyKeepTheirKeysWithEmptyTexts(String tag, String name) {
        JsonNode item = notApplicable(Agencies.taggedWith(tag), name);

        assertThat(item.path("code").asText("-")).isEmpty();
        assertThat(item.path("desc").asText("-")).isEmpty();
        assertThat(item.path("source").asText()).isEqualTo("3");
        assertThat(item.has("unavailable")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passportnumber", "passportexpirydate"})
    void aPermanentResidentHasNoPassportOfOurs(String name) {
        JsonNode item = notApplicable(Agencies.taggedWith("pr"), name);

        assertThat(item.path("value").asText("-")).isEmpty();
        assertThat(item.path("source").asText()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passtype", "passstatus", "passexpirydate", "employment", "occupation"})
    void aCitizenHasNoWorkPass(String name) {
        assertThat(notApplicable(COMPLETE, name).path("source").asText()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passtype", "passstatus", "passexpirydate", "employment", "occupation", "noa", "regadd"})
    void aForeignersPassAssessmentAndAddressAreThere(String name) {
        Finding finding = sources.fetch(Agencies.taggedWith("employment-pass"), Set.of(new AttributeName(name)))
                .finding(new AttributeName(name));

        assertThat(finding).isInstanceOf(Finding.OnRecord.class);
    }

    private JsonNode notApplicable(NationalId person, String name) {
        Finding finding = sources.fetch(person, Set.of(new AttributeName(name))).finding(new AttributeName(name));
        assertThat(finding).isInstanceOf(Finding.NotApplicable.class);
        return ((Finding.NotApplicable) finding).fragment().at("/" + name.replace(".", "/"));
    }

    private double asked(String source) {
        return meters.find("consentry.source.requests").tag("source", source).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
