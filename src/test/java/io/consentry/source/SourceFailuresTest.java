package io.consentry.source;

import static io.consentry.source.Agencies.COMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.catalogue.SourceId;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.NationalId;
import io.consentry.requirement.Requirement;
import io.consentry.testing.CapturedLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source does wrong costs its own attributes, and no more. */
@QuarkusTest
class SourceFailuresTest {

    /** Above the overall deadline, far below what a slow agency takes, with room for a busy machine. */
    private static final Duration GENEROUS = Duration.ofSeconds(8);

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

    @AfterEach
    void repair() {
        Stream.of("ica", "hdb", "cpfb", "iras").forEach(Agencies::behave);
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "error", "nonsense", "other_person", "oversized"})
    void aSourceWithoutAUsableAnswerIsUnavailableAndTheRestArrives(String kind) {
        Agencies.misbehave("hdb", kind);

        Fetched fetched =
                sources.fetch(COMPLETE, names("name", "hdbtype", "hdbownership.purchaseprice", "cpfbalances.oa"));

        assertThat(finding(fetched, "hdbtype")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "hdbownership.purchaseprice")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "name")).isInstanceOf(Finding.OnRecord.class);
        assertThat(finding(fetched, "cpfbalances.oa")).isInstanceOf(Finding.OnRecord.class);
    }

    /** The frame names whom was asked for; the record inside is another person's. */
    @Test
    @Requirement("CX-5")
    void aRecordWithAnotherPersonsNumberIsNobodysHere() {
        Agencies.misprint("ica", "/person/nricFin", "\"S9912374E\"");

        Fetched fetched = sources.fetch(COMPLETE, names("uinfin", "partialuinfin", "name", "hdbtype"));

        assertThat(finding(fetched, "uinfin")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "partialuinfin")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "name")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "hdbtype")).isInstanceOf(Finding.OnRecord.class);
    }

    @Test
    void aSourceThatIsTooLateTimesOutAndTheRestArrivesWithinTheDeadline() {
        Agencies.misbehave("cpfb", "slow");
        long start = System.nanoTime();

        Fetched fetched = sources.fetch(COMPLETE, names("name", "cpfbalances.oa", "cpfcontributions"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        assertThat(finding(fetched, "cpfbalances.oa")).isInstanceOf(Finding.TimedOut.class);
        assertThat(finding(fetched, "cpfcontributions")).isInstanceOf(Finding.TimedOut.class);
        assertThat(finding(fetched, "name")).isInstanceOf(Finding.OnRecord.class);
    }

    @Test
    void allSourcesTooLateAtOnceCostNoMoreThanOneDeadline() {
        Stream.of("ica", "hdb", "cpfb", "iras").forEach(agency -> Agencies.misbehave(agency, "slow"));
        long start = System.nanoTime();

        Fetched fetched = sources.fetch(COMPLETE, names("name", "hdbtype", "cpfbalances.oa", "noa"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        assertThat(fetched.findings().values()).allMatch(Finding.TimedOut.class::isInstance);
    }

    @Test
    void aSourceThatSaysWhenToComeBackIsBelieved() {
        Agencies.misbehave("iras", "down");

        Fetched fetched = sources.fetch(COMPLETE, names("noa"));

        assertThat(finding(fetched, "noa"))
                .isInstanceOfSatisfying(
                        Finding.Unavailable.class,
                        finding -> assertThat(finding.retryAfter()).contains(Duration.ofSeconds(30)));
    }

    @Test
    void anotherPersonsRecordIsNeverUsedAndRaisesAnAlarm() {
        double before = counted("consentry.source.mismatched", "ica");
        Agencies.misbehave("ica", "other_person");

        Fetched fetched = sources.fetch(COMPLETE, names("name", "uinfin", "childrenbirthrecords.name"));

        assertThat(fetched.findings().values()).allMatch(Finding.Unavailable.class::isInstance);
        assertThat(counted("consentry.source.mismatched", "ica")).isEqualTo(before + 1);
    }

    @Test
    void whatWasNotAskedForIsDroppedAndReportedByNameOnly() {
        double before = counted("consentry.source.over.returned", "ica");
        Agencies.misbehave("ica", "over_return");

        Fetched fetched = sources.fetch(COMPLETE, names("name"));

        assertThat(fetched.findings()).containsOnlyKeys(new AttributeName("name"));
        assertThat(finding(fetched, "name"))
                .isInstanceOfSatisfying(
                        Finding.OnRecord.class,
                        held -> assertThat(held.fragment().properties()).hasSize(1));
        assertThat(fetched.overReturned().get(SourceId.ICA_MOM))
                .contains("internalRemarks", "person.sex", "passport")
                .doesNotContain("person.principalName")
                .noneMatch(member -> member.contains("CLARISSA"));
        assertThat(counted("consentry.source.over.returned", "ica")).isGreaterThan(before);
    }

    @Test
    void aSourceThatKeepsFailingIsLeftAloneForAWhile() {
        Agencies.misbehave("iras", "error");
        for (int i = 0; i < 20; i++) {
            sources.fetch(COMPLETE, names("noa"));
        }
        Agencies.behave("iras");

        Fetched fetched = sources.fetch(COMPLETE, names("noa"));

        assertThat(finding(fetched, "noa"))
                .isInstanceOfSatisfying(
                        Finding.Unavailable.class,
                        finding -> assertThat(finding.retryAfter()).contains(Duration.ofSeconds(5)));
        assertThat(meters.counter("consentry.source.requests", "source", "iras", "outcome", "breaker_open")
                        .count())
                .isPositive();
    }

    @Test
    void malformedValuesAreCountedByAttributeAndNoSignOfIllness() {
        double before = remarked("malformed", "iras", "noa");
        Agencies.misprint("iras", "/latest/assessment/type", "\"CANARY\"");
        try (var log = new CapturedLog()) {
            for (int i = 0; i < 25; i++) {
                assertThat(finding(sources.fetch(COMPLETE, names("noa", "ownerprivate")), "noa"))
                        .isEqualTo(new Finding.Malformed());
            }

            assertThat(log.lines()).anyMatch(line -> line.contains("latest.assessment"));
            assertThat(log.lines()).noneMatch(line -> line.contains("CANARY"));
        }
        Agencies.behave("iras");

        assertThat(finding(sources.fetch(COMPLETE, names("noa")), "noa")).isInstanceOf(Finding.OnRecord.class);
        assertThat(remarked("malformed", "iras", "noa")).isEqualTo(before + 25);
    }

    @Test
    void whatExceedsTheCatalogueIsCountedAndLoggedByNameAndLengthOnly() {
        double before = remarked("overlong", "ica", "name");
        String name = "CANARY" + "X".repeat(61);
        Agencies.misprint("ica", "/person/principalName", "\"" + name + "\"");
        try (var log = new CapturedLog()) {
            Fetched fetched = sources.fetch(COMPLETE, names("name"));

            assertThat(finding(fetched, "name"))
                    .isInstanceOfSatisfying(
                            Finding.OnRecord.class,
                            held -> assertThat(held.fragment().at("/name/value").asText())
                                    .isEqualTo(name));
            assertThat(log.lines()).anyMatch(line -> line.contains("sent name with 67 characters"));
            assertThat(log.lines()).noneMatch(line -> line.contains("CANARY"));
        }
        assertThat(remarked("overlong", "ica", "name")).isEqualTo(before + 1);
    }

    @Test
    void peopleWhomASourceDoesNotKnowDoNotCutItOffForOthers() {
        for (int i = 0; i < 25; i++) {
            sources.fetch(new NationalId("S1111111D"), names("noa"));
        }

        Fetched fetched = sources.fetch(COMPLETE, names("noa"));

        assertThat(finding(fetched, "noa")).isInstanceOf(Finding.OnRecord.class);
    }

    @Test
    void sixtyFourFetchesAtOnceAllArrive() throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fetched>> running = callers.invokeAll(
                    Collections.nCopies(64, () -> sources.fetch(COMPLETE, names("name", "hdbtype", "noa"))));

            for (Future<Fetched> one : running) {
                assertThat(one.get().findings().values()).allMatch(Finding.OnRecord.class::isInstance);
            }
        }
    }

    @Test
    void anAttributeThatNoAdapterServesIsUnavailable() {
        Fetched fetched = sources.fetch(COMPLETE, names("chas", "no-such-thing"));

        assertThat(finding(fetched, "chas")).isInstanceOf(Finding.Unavailable.class);
        assertThat(finding(fetched, "no-such-thing")).isInstanceOf(Finding.Unavailable.class);
    }

    @Test
    void somebodyUnknownToTheAgenciesIsNotTakenForSomebodyWithoutRecords() {
        Fetched fetched = sources.fetch(new NationalId("S1111111D"), names("name", "noa"));

        assertThat(fetched.findings().values()).allMatch(Finding.Unavailable.class::isInstance);
    }

    @Test
    void nothingThatHoldsAValuePrintsIt() {
        Fetched fetched = sources.fetch(COMPLETE, names("name", "uinfin"));

        assertThat(fetched.toString() + fetched.findings()).doesNotContain("CLARISSA", "S9812381D");
    }

    @Test
    void thePeopleWhoseAgenciesMisbehaveGetTheOutcomeThatTheyStandFor() {
        assertThat(only("iras-down", "noa")).isInstanceOf(Finding.Unavailable.class);
        assertThat(only("cpfb-slow", "cpfbalances.oa")).isInstanceOf(Finding.TimedOut.class);
        assertThat(only("hdb-nonsense", "hdbtype")).isInstanceOf(Finding.Unavailable.class);
        assertThat(only("cpfb-other-person", "cpfbalances.oa")).isInstanceOf(Finding.Unavailable.class);
        assertThat(only("ica-over-return", "name")).isInstanceOf(Finding.OnRecord.class);
        assertThat(only("no-noa", "noa")).isInstanceOf(Finding.NoRecord.class);
        assertThat(only("no-cpf", "cpfbalances.oa")).isInstanceOf(Finding.NoRecord.class);
    }

    private Finding only(String tag, String name) {
        return finding(sources.fetch(Agencies.taggedWith(tag), names(name)), name);
    }

    private double remarked(String remark, String source, String attribute) {
        return meters.counter("consentry.source." + remark, "source", source, "attribute", attribute)
                .count();
    }

    private double counted(String meter, String source) {
        return meters.counter(meter, "source", source).count();
    }

    private static Finding finding(Fetched fetched, String name) {
        return fetched.finding(new AttributeName(name));
    }

    private static Set<AttributeName> names(String... names) {
        return Stream.of(names).map(AttributeName::new).collect(Collectors.toSet());
    }
}
