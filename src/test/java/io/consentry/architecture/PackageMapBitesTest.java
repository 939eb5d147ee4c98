package io.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule of the package map finds the violation that the fixture commits on purpose. */
class PackageMapBitesTest {

    private static final String ROOT = "io.consentry.architecture.fixture";
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);
    private static final PackageMap MAP = new PackageMap(ROOT, FIXTURE);

    @Test
    void anUndeclaredPackageIsFound() {
        assertThat(MAP.undeclared())
                .contains("gamma does not say by @MayUse what it may use", "gamma is not @NullMarked")
                .noneMatch(violation -> violation.startsWith("alpha"));
    }

    @Test
    void anImportBesideTheDeclarationIsFound() {
        assertThat(MAP.importsNotAllowed())
                .anyMatch(violation -> violation.contains("beta.Beta"))
                .allMatch(violation -> violation.contains("gamma.Gamma"));
    }

    @Test
    void anEdgeThatNothingUsesIsFound() {
        assertThat(MAP.edgesNotUsed()).containsExactly("delta -> alpha is declared and not used");
    }

    @Test
    void theRootMayUseNoMoreThanItSaysEither() {
        assertThat(MAP.importsNotAllowed()).anyMatch(violation -> violation.contains("fixture.Entry"));
    }

    @Test
    void aCycleIsFound() {
        assertThat(MAP.cycles())
                .singleElement()
                .asString()
                .contains("Slice alpha")
                .contains("Slice beta");
    }

    @Test
    void aNameThatSaysNothingIsFound() {
        assertThat(MAP.namesThatSayNothing()).containsExactly("manager is no capability");
    }

    @Test
    void misconductIsFound() {
        for (ArchRule rule : List.of(
                Conduct.CONSTRUCTORS_TAKE_WHAT_A_BEAN_NEEDS,
                Conduct.ONLY_PROGRAMS_PRINT,
                Conduct.ONE_WAY_TO_LOG,
                Conduct.ONE_CLOCK)) {
            assertThat(rule.evaluate(FIXTURE).getFailureReport().getDetails())
                    .as(rule.getDescription())
                    .isNotEmpty()
                    .allMatch(detail -> detail.contains("gamma.Gamma"));
        }
    }
}
