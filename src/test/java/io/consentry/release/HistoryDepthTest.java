package io.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentry.catalogue.Catalogue;
import io.consentry.catalogue.CatalogueOf;
import io.consentry.catalogue.PurposeVersion;
import io.consentry.catalogue.Shape;
import io.consentry.kernel.AttributeName;
import io.consentry.requirement.Requirement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@Requirement("CX-LIMIT-2")
class HistoryDepthTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalogue catalogue = new Catalogue();

    @Test
    void aRecordCountsByTheLastDayThatItMayBeAbout() {
        assertThat(kept("cpfcontributions", "date", from("2025-08-25"), "2025-08-24", "2025-08-25", "2026-01-01"))
                .containsExactly("2025-08-25", "2026-01-01");
        assertThat(kept("cpfemployers", "month", from("2025-08-25"), "2025-07", "2025-08"))
                .containsExactly("2025-08");
        assertThat(kept("cpfemployers", "month", from("2024-02-29"), "2024-01", "2024-02"))
                .containsExactly("2024-02");
        assertThat(kept("noahistory", "yearofassessment", from("2024-12-31"), "2023", "2024"))
                .containsExactly("2024");
        assertThat(kept("noahistory", "yearofassessment", from("2025-01-01"), "2024", "2025"))
                .containsExactly("2025");
    }

    @Test
    void aRecordWithoutADateThatCanBeReadIsLeftOut() {
        assertThat(kept("cpfcontributions", "date", from("2000-01-01"), "", "soon", "2026-13-01", "2026-01-01"))
                .containsExactly("2026-01-01");
    }

    @Test
    void withoutALimitEverythingIsKept() {
        assertThat(kept("noahistory", "yearofassessment", new HistoryDepth(Optional.empty()), "1966", "soon"))
                .containsExactly("1966", "soon");
    }

    @Test
    void theDepthIsCountedFromTodayInSingapore() {
        var review = new PurposeVersion("account_review", 1);

        assertThat(HistoryDepth.of(catalogue, review, Instant.parse("2026-11-24T15:59:59Z"))
                        .from())
                .contains(LocalDate.parse("2025-08-24"));
        assertThat(HistoryDepth.of(catalogue, review, Instant.parse("2026-11-24T16:00:00Z"))
                        .from())
                .contains(LocalDate.parse("2025-08-25"));
        assertThat(HistoryDepth.of(catalogue, new PurposeVersion("account_opening", 1), Instant.EPOCH)
                        .from())
                .isEmpty();
    }

    @Test
    void ofTwoLimitsTheNarrowerCounts() {
        Instant now = Instant.parse("2026-11-24T00:00:00Z");
        var given = new PurposeVersion("account_opening", 1);

        assertThat(HistoryDepth.of(limitedTo("P12M", "P6M"), given, now).from())
                .contains(LocalDate.parse("2026-05-24"));
        assertThat(HistoryDepth.of(limitedTo("P6M", "P12M"), given, now).from())
                .contains(LocalDate.parse("2026-05-24"));
    }

    /** A purpose in two versions, by how far back each may reach. */
    private static Catalogue limitedTo(String first, String second) {
        return CatalogueOf.purposes("[%s, %s]".formatted(limited(1, first), limited(2, second)));
    }

    private static String limited(int version, String history) {
        return """
                {"code": "account_opening", "version": %d, "withdrawn": false, "attributes": ["noahistory"],
                 "access": {"period": "PT1H", "periodic": false, "history": "%s"},
                 "keeping": {"retention": "P1Y", "deleteWithin": "P1D"}}""".formatted(version, history);
    }

    private static HistoryDepth from(String day) {
        return new HistoryDepth(Optional.of(LocalDate.parse(day)));
    }

    private List<String> kept(String attribute, String member, HistoryDepth depth, String... dates) {
        Shape shape = catalogue.find(new AttributeName(attribute)).orElseThrow().shape();
        String list = attribute.startsWith("noa") ? "noas" : "history";
        ObjectNode fragment = JSON.createObjectNode();
        var records = fragment.putObject(attribute).putArray(list);
        for (String date : dates) {
            records.addObject().putObject(member).put("value", date);
        }

        ObjectNode cut = depth.cut(fragment, shape);

        return StreamSupport.stream(cut.path(attribute).path(list).spliterator(), false)
                .map(entry -> entry.path(member).path("value").asText())
                .toList();
    }
}
