package io.consentry.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.NationalId;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The invented people are many, different, and findable. */
@QuarkusTest
class PeopleTest {

    @Inject
    People people;

    @Test
    void personasAreListedWithExactlyWhatTheDesignNames() {
        List<Map<String, Object>> listed = given().get("/sandbox/personas")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("$");

        assertThat(listed).hasSizeGreaterThanOrEqualTo(14).allSatisfy(entry -> {
            assertThat(entry).containsOnlyKeys("uinfin", "name", "tags", "summary");
            assertThat(NationalId.isValid(String.valueOf(entry.get("uinfin")))).isTrue();
            assertThat((List<?>) entry.get("tags")).isNotEmpty();
            assertThat((String) entry.get("summary")).isNotBlank().endsWith(".");
        });
        assertThat(listed.getFirst().get("uinfin")).isEqualTo("S9812381D");
    }

    @Test
    void everyKindOfPersonThatFormsStumbleOverIsThere() {
        assertThat(people.all().stream().flatMap(person -> person.tags().stream()))
                .contains(
                        "full",
                        "pr",
                        "employment-pass",
                        "m-series",
                        "no-noa",
                        "no-cpf",
                        "long-name",
                        "single-name",
                        "punctuation",
                        "chinese-names",
                        "tamil-name",
                        "eurasian",
                        "partial-dob",
                        "overseas-address",
                        "two-flats",
                        "children",
                        "divorced",
                        "widowed",
                        "retiree",
                        "self-employed",
                        "young-adult",
                        "iras-down",
                        "cpfb-slow",
                        "hdb-nonsense",
                        "cpfb-other-person",
                        "ica-over-return");
    }

    @Test
    void theLongestNameIsAsLongAsTheRegisterAllows() {
        assertThat(people.all())
                .extracting(person -> person.name().length())
                .contains(66)
                .noneMatch(size -> size > 66);
    }

    @Test
    void noPersonPrints() {
        assertThat(people.all().toString()).doesNotContain("CLARISSA", "S9812381D");
    }

    @Test
    void aPersonIsFoundByNumberAndAStrangerIsNot() {
        assertThat(people.find(new NationalId("S9812381D"))).isPresent();
        assertThat(people.find(new NationalId("S1111111D"))).isEmpty();
    }
}
