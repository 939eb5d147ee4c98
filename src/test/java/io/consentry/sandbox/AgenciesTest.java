package io.consentry.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.consentry.kernel.NationalId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mock agencies answer for whom and for what they are asked, with dates that never go stale. */
@QuarkusTest
class AgenciesTest {

    @Inject
    People people;

    @Test
    void anAgencyTellsOnlyWhatItIsAskedFor() {
        JsonPath answer = given().contentType(ContentType.JSON)
                .body("{\"ownerNric\":\"S9812381D\",\"details\":[\"flats.price\"]}")
                .post("/sandbox/agencies/hdb/flats/search")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(answer.getMap("$")).containsOnlyKeys("ownerNric", "flats");
        assertThat(answer.getMap("flats[0]")).containsOnlyKeys("extractDate", "price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ownerNric\":\"S1111111D\"}", "{\"ownerNric\":\"nobody\"}", "{}"})
    void ofSomebodyUnknownAnAgencyKnowsNothing(String request) {
        given().contentType(ContentType.JSON)
                .body(request)
                .post("/sandbox/agencies/hdb/flats/search")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, 2025-08-14, 2026-10-14, 2026, 2025",
        "2026-03-01, 2024-12-14, 2026-02-14, 2025, 2024",
        "2028-02-29, 2026-11-14, 2028-01-14, 2027, 2026",
        "2035-01-31, 2033-10-14, 2034-12-14, 2034, 2033",
    })
    void contributionsAndAssessmentsRollWithTheCalendar(
            LocalDate today, String firstPaid, String lastPaid, String latestYear, String yearBefore) {
        AgencyRecords records = on(today);
        PersonFile person = people.file(new NationalId("S9812381D")).orElseThrow();

        JsonNode ledger = records.whole(Agency.CPFB, person).at("/contributions/ledger");
        JsonNode years = records.whole(Agency.IRAS, person).at("/years/assessments");

        assertThat(ledger).hasSize(15);
        assertThat(ledger.get(0).path("paidOn").asText()).isEqualTo(firstPaid);
        assertThat(ledger.get(14).path("paidOn").asText()).isEqualTo(lastPaid);
        assertThat(YearMonth.parse(lastPaid.substring(0, 7)))
                .isEqualTo(YearMonth.from(today).minusMonths(1));
        assertThat(years).extracting(year -> year.path("ya").asText()).containsExactly(latestYear, yearBefore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29", "2026-11-22", "2030-12-31", "2044-06-15"})
    void everybodysRecordsCanBeToldOnAnyDay(LocalDate today) {
        AgencyRecords records = on(today);

        for (Persona persona : people.all()) {
            PersonFile file = people.file(persona.uinfin()).orElseThrow();
            for (Agency agency : Agency.values()) {
                assertThat(records.whole(agency, file).toString()).doesNotContain("\"@");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "@0d, 22/11/2026",
        "@-1d, 21/11/2026",
        "@+3m, 22/02/2027",
        "@-1y2m10d, 12/09/2025",
        "@-5m|uuuu, 2026",
        "@-10m23d|uuuu, 2025",
    })
    void aRollingDateIsCountedFromToday(String written, String told) {
        JsonNode node = JsonNodeFactory.instance.arrayNode().add(written);

        JsonNode resolved = new RollingDates(LocalDate.of(2026, 11, 22), "dd/MM/uuuu").resolve(node);

        assertThat(resolved.get(0).asText()).isEqualTo(told);
    }

    @Test
    void anUnknownWayToMisbehaveIsRefused() {
        int status = given().contentType(ContentType.JSON)
                .body("{\"kind\":\"sulk\"}")
                .put("/sandbox/agencies/hdb/fault")
                .statusCode();

        assertThat(status).isEqualTo(400);
    }

    private AgencyRecords on(LocalDate today) {
        InstantSource clock =
                Clock.fixed(today.atTime(12, 0).atZone(RollingDates.SINGAPORE).toInstant(), RollingDates.SINGAPORE);
        return new AgencyRecords(people, clock);
    }
}
