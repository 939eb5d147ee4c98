package io.consentry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults keep fitting the program; whether they are noticed is for {@code scripts/plant-faults} to say, which takes half an hour. */
class PlantedFaultsTest {

    static List<PlantedFault> all() throws IOException {
        return PlantedFault.all();
    }

    /** Whoever changes the line that a fault is in changes the fault: it stands in {@code src/test/faults}. */
    @ParameterizedTest
    @MethodSource("all")
    void everyFaultFitsTheSourceThatItIsIn(PlantedFault fault) throws IOException {
        String source = Files.readString(fault.source());

        assertThat(fault.plantedIn(source)).isNotEqualTo(source);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFaultNamesTestsThatThereAre(PlantedFault fault) throws ClassNotFoundException {
        for (String test : fault.tests()) {
            String[] parts = test.split("#");
            Class<?> type = Class.forName("io.consentry." + parts[0]);

            assertThat(parts.length == 1
                            || Arrays.stream(type.getDeclaredMethods())
                                    .anyMatch(method -> method.getName().equals(parts[1])))
                    .as(test)
                    .isTrue();
        }
    }

    @Test
    void theHeartOfTheServiceHasItsShare() throws IOException {
        var perPackage = all().stream().collect(Collectors.groupingBy(PlantedFault::home, Collectors.counting()));

        assertThat(perPackage).containsKeys("consent", "release", "ledger", "token");
        assertThat(all()).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    }
}
