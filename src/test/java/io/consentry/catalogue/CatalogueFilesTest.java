package io.consentry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.consentry.kernel.AttributeName;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A catalogue that is wrong in itself does not start. */
class CatalogueFilesTest {

    private static final String SEX = """
            {"name": "sex", "group": "personal", "source": "ICA_MOM", "sensitivity": "LOW", "availableTo": ["CITIZEN"],
             "editable": false, "envelopeAt": "sex",
             "leaves": [{"path": "sex.code", "type": "CODE", "codeTable": "Sex", "maxLength": 1}]}""";
    private static final Map<String, Map<String, String>> CODES = Map.of("Sex", Map.of("F", "FEMALE"));

    @Test
    void theExampleItselfIsSound() {
        assertThat(load(SEX).all()).hasSize(1);
    }

    @Test
    void aDuplicateIsRefused() {
        refused(SEX + "," + SEX, "sex stands twice");
    }

    @Test
    void twoAttributesWithOnePathAreRefused() {
        refused(SEX + "," + SEX.replace("\"name\": \"sex\"", "\"name\": \"race\""), "race has a path of another");
    }

    @Test
    void anUnknownCodeTableIsRefused() {
        refused(SEX.replace("\"Sex\"", "\"Shoes\""), "sex names an unknown code table: Shoes");
    }

    @Test
    void aBadPathIsRefused() {
        refused(SEX.replace("sex.code", "sex..code"), "sex: bad path sex..code");
        refused(SEX.replace("sex.code", "sex.code[]"), "sex: path ends in an array: sex.code[]");
        refused(SEX.replace("sex.code", "race.code"), "sex: path race.code lies outside sex");
    }

    @Test
    void anUnknownMemberOrValueIsRefused() {
        refused(SEX.replace("\"leaves\"", "\"leafs\": 1, \"leaves\""), "leafs");
        refused(SEX.replace("\"editable\": false, ", ""), "editable");
        refused(SEX.replace("ICA_MOM", "KGB"), "KGB");
        refused(SEX.replace("personal", "private"), "sex: unknown group private");
        refused(SEX.replace("[\"CITIZEN\"]", "[]"), "sex: available to nobody");
    }

    @Test
    void anAttributeWithoutALabelIsRefused() {
        refused(SEX.replace("\"sex", "\"shoesize"), "shoesize has no label in English");
    }

    @Test
    void aRecordPutTogetherFromTwoSourcesIsRefused() {
        String make = SEX.replace("\"sex", "\"vehicles.make")
                .replace("envelopeAt\": \"vehicles.make", "envelopeAt\": \"vehicles[]")
                .replace("vehicles.make.code", "vehicles[].make.code");
        String model = make.replace("make", "model").replace("ICA_MOM", "LTA");

        refused(make + "," + model, "vehicles.model comes from another source than its siblings");
    }

    @Test
    void aPurposeWithoutAnEndIsRefused() {
        String entry = "[{\"code\": \"tenancy\", \"version\": 1, \"withdrawn\": false, \"attributes\": [\"name\"],"
                + " \"access\": {\"period\": \"PT0S\", \"periodic\": false}, \"keeping\": {\"retention\": \"P1Y\", \"deleteWithin\": \"P1D\"}}]";

        assertThatIllegalStateException()
                .isThrownBy(() -> CatalogueFiles.purposes(stream(entry), CatalogueFilesTest::named))
                .withMessageContaining("tenancy: access lasts longer than nothing");
    }

    private static void refused(String entries, String reason) {
        assertThatIllegalStateException().isThrownBy(() -> load(entries)).withMessageContaining(reason);
    }

    private static Catalogue load(String entries) {
        return new Catalogue(CatalogueFiles.attributes(stream("[" + entries + "]")), CODES, scopes -> List.of());
    }

    private static Set<AttributeName> named(String scope) {
        return Set.of(new AttributeName(scope));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
