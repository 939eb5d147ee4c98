package io.consentry.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementMatrixTest {

    @Test
    void everyRequirementHasATestOrAReason() throws IOException {
        Matrix matrix = Matrix.ofTheProject();

        Files.writeString(Path.of("target", "requirements.md"), matrix.print(Enforcement.ofTheProject()));

        assertThat(matrix.violations()).isEmpty();
    }

    @Test
    void everyHoleIsFound() {
        IdList listed =
                IdList.parse(List.of("# Standard", "A-1 — is tested", "A-2 — is not", "A-3 — is tested by now"));
        IdList gaps = IdList.parse(List.of("A-3 — some day", "A-9 — never listed"));
        Citations citations = new Citations(
                Map.of("A-1", Set.of("OneTest.works"), "A-3", Set.of("OneTest.worksToo"), "B-1", Set.of("OneTest.odd")),
                List.of("Helper.check cites A-2 and is no test that runs"));

        List<String> violations = new Matrix(listed, gaps, citations).violations();

        assertThat(violations)
                .containsExactlyInAnyOrder(
                        "Helper.check cites A-2 and is no test that runs",
                        "A-2 has no test; write one, or say why not in known-gaps.txt",
                        "OneTest.odd cites B-1, which requirements.txt does not list",
                        "A-3 is no gap any more: take it out of known-gaps.txt",
                        "A-9 is a known gap of a requirement that is not listed");
    }

    @Test
    void aLineWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> IdList.parse(List.of("A-1"))).hasMessageContaining("not of the form");
        assertThatThrownBy(() -> IdList.parse(List.of("A-1 — once", "A-1 — twice")))
                .hasMessageContaining("stands there twice");
    }
}
