package io.consentry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentry.kernel.AttributeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    /** SHA-256 over the sorted scopes of the reference, one a line; taken from the reference once, by another program. */
    private static final String DIGEST_OF_NAMES = "6887fc2995f3650c49ac82987269ea453e96fef08e3c29eac67088b6773880ac";

    private final Catalogue catalogue = new Catalogue();

    @Test
    void everyScopeOfTheReferenceIsKnown() throws Exception {
        String names = catalogue.all().stream()
                .map(attribute -> attribute.name().value())
                .sorted()
                .collect(Collectors.joining("\n"));

        assertThat(catalogue.all()).hasSize(171);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(DIGEST_OF_NAMES);
    }

    @Test
    void everyAttributeHasALabelOfItsOwnThatIsNotItsScope() {
        Set<String> labels = catalogue.all().stream()
                .map(attribute -> attribute.label(Locale.ENGLISH))
                .collect(Collectors.toSet());

        assertThat(labels)
                .hasSameSizeAs(catalogue.all())
                .allSatisfy(label -> assertThat(label).matches("[A-Z].{2,70}"));
    }

    @Test
    void aLanguageWeLackFallsBackToEnglishWhateverTheMachineSpeaks() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMAN);

            assertThat(attribute("cpfbalances.oa").label(Locale.of("ta"))).isEqualTo("CPF Ordinary Account balance");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void everySourceOwnsSomething() {
        assertThat(catalogue.all().stream().map(Attribute::source)).contains(SourceId.values());
    }

    @Test
    void aContainerMeansAllItsMembers() {
        assertThat(catalogue.expand("cpfbalances"))
                .containsExactly(
                        name("cpfbalances.oa"), name("cpfbalances.sa"), name("cpfbalances.ma"), name("cpfbalances.ra"));
        assertThat(catalogue.expand("drivinglicence.qdl")).hasSize(3);
        assertThat(catalogue.expand("hdbownership")).hasSize(14);
    }

    @Test
    void aScopeMeansItselfAndNothingThatMerelyBeginsAlike() {
        assertThat(catalogue.expand("noa")).containsExactly(name("noa"));
        assertThat(catalogue.expand("noahistory")).containsExactly(name("noahistory"));
    }

    @Test
    void anUnknownScopeMeansNothing() {
        assertThat(List.of("", "openid", "cpfbalances.", "cpfbalances.xa", "NAME", "name.value"))
                .allSatisfy(scope -> assertThat(catalogue.expand(scope)).isEmpty());
    }

    @Test
    void onlyWhatThePersonDeclaresIsEditable() {
        assertThat(catalogue.all().stream()
                        .filter(Attribute::editable)
                        .map(a -> a.name().value()))
                .containsExactlyInAnyOrder(
                        "email",
                        "mobileno",
                        "marital",
                        "marriagecertno",
                        "countryofmarriage",
                        "marriagedate",
                        "divorcedate");
    }

    @Test
    void identityNumbersAndMoneyAreMasked() {
        assertThat(List.of("uinfin", "passportnumber", "noa", "noa-basic", "cpfbalances.oa", "cpfcontributions"))
                .allSatisfy(scope ->
                        assertThat(attribute(scope).sensitivity().isMasked()).isTrue());
        assertThat(attribute("name").sensitivity()).isEqualTo(Sensitivity.LOW);
    }

    @Test
    void theShapeSaysWhereTheEnvelopeLies() {
        Attribute block = attribute("hdbownership.address");

        assertThat(block.container()).isEqualTo("hdbownership");
        assertThat(block.shape().isList()).isTrue();
        assertThat(block.shape().leaves())
                .filteredOn(leaf -> leaf.path().equals(List.of("hdbownership[]", "address", "block", "value")))
                .singleElement()
                .satisfies(leaf -> assertThat(leaf.maxLength()).hasValue(10));
        assertThat(attribute("cpfbalances.oa").shape().envelopeAt()).isEqualTo("cpfbalances.oa");
        assertThat(attribute("noahistory").shape().isList()).isFalse();
    }

    @Test
    void cpfIsNeverAvailableToForeigners() {
        assertThat(catalogue.all().stream().filter(attribute -> attribute.source() == SourceId.CPFB))
                .isNotEmpty()
                .allSatisfy(attribute -> assertThat(attribute.availableTo()).doesNotContain(Residency.FOREIGNER));
    }

    @Test
    void codesAreDescribed() {
        assertThat(catalogue.describe("Sex", "F")).hasValue("FEMALE");
        assertThat(catalogue.describe("HDBType", "118")).hasValue("STUDIO APARTMENT (HDB)");
        assertThat(catalogue.describe("MaritalStatus", "4")).isEmpty();
        assertThat(catalogue.describe("Shoes", "F")).isEmpty();
    }

    @Test
    void everyPurposeKeepsAccessAndStorageApart() {
        Purpose purpose = catalogue.purpose("account_opening").orElseThrow();

        assertThat(purpose.accessPeriod()).hasHours(24);
        assertThat(purpose.retentionPeriod()).hasYears(5);
        assertThat(catalogue.purposes()).hasSize(7).allSatisfy(each -> {
            assertThat(each.sentence(Locale.ENGLISH)).endsWith(".");
            assertThat(each.withdrawalConsequence(Locale.ENGLISH)).endsWith(".");
        });
        assertThat(catalogue.purpose("marketing")).isEmpty();
    }

    private Attribute attribute(String scope) {
        return catalogue.find(name(scope)).orElseThrow();
    }

    private static AttributeName name(String scope) {
        return new AttributeName(scope);
    }
}
