package io.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to the map that its own packages draw. */
class PackageMapTest {

    private static final JavaClasses CLASSES = Ours.CLASSES;
    private static final PackageMap MAP = Ours.MAP;

    @Test
    void everyPackageSaysWhatItMayUse() {
        assertThat(MAP.packages()).contains("kernel", "database");
        assertThat(MAP.undeclared()).isEmpty();
    }

    @Test
    void noPackageImportsMoreThanItSays() {
        assertThat(MAP.importsNotAllowed()).isEmpty();
    }

    @Test
    void everyEdgeThatIsSaidIsUsed() {
        assertThat(MAP.edgesNotUsed()).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        assertThat(MAP.cycles()).isEmpty();
    }

    @Test
    void aPackageIsACapabilityOnOneFlatLevel() {
        assertThat(MAP.namesThatSayNothing()).isEmpty();
        assertThat(MAP.nested()).isEmpty();
    }

    @Test
    void theKernelStaysSmall() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/consentry/kernel"))) {
            assertThat(files.filter(file -> !file.endsWith("package-info.java")).count())
                    .isLessThanOrEqualTo(16);
        }
    }

    @Test
    void constructorsTakeWhatABeanNeeds() {
        holds(Conduct.CONSTRUCTORS_TAKE_WHAT_A_BEAN_NEEDS);
    }

    @Test
    void onlyProgramsPrint() {
        holds(Conduct.ONLY_PROGRAMS_PRINT);
    }

    @Test
    void thereIsOneWayToLog() {
        holds(Conduct.ONE_WAY_TO_LOG);
    }

    @Test
    void thereIsOneClock() {
        holds(Conduct.ONE_CLOCK);
    }

    @Test
    void workBeginsAfterWhatMayRefuseTheStart() {
        holds(Conduct.WORK_BEGINS_AFTER_WHAT_MAY_REFUSE_THE_START);
    }

    private static void holds(ArchRule rule) {
        assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails())
                .as(rule.getDescription())
                .isEmpty();
    }
}
