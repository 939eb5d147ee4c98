package io.consentry.requirement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the clauses of standards are enforced: beside which code they are cited, or what else sees to them. */
record Enforcement(IdList requirements, IdList gaps, IdList elsewhere, ClauseCitations citations) {

    static Enforcement ofTheProject() throws IOException {
        Path resources = Path.of("src", "test", "resources");
        return new Enforcement(
                IdList.read(resources.resolve("requirements.txt")),
                IdList.read(resources.resolve("known-gaps.txt")),
                IdList.read(resources.resolve("enforced-elsewhere.txt")),
                ClauseCitations.collect(Path.of("src", "main")));
    }

    /** Everything that is wrong with it, in sentences. What is a known gap need not be enforced. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        Set<String> listed = requirements.sentences().keySet();
        for (String id : listed) {
            boolean clause = ClauseCitations.clause(id).isPresent();
            boolean accounted =
                    gaps.sentences().containsKey(id) || elsewhere.sentences().containsKey(id);
            if (clause && !accounted && citations.of(id).isEmpty()) {
                violations.add(id + " is cited by no main source; cite it beside the code that enforces it,"
                        + " or say in enforced-elsewhere.txt what does");
            }
        }
        for (String id : elsewhere.sentences().keySet()) {
            if (!listed.contains(id) || ClauseCitations.clause(id).isEmpty()) {
                violations.add(id + " is enforced elsewhere and no clause that is listed");
            } else if (!citations.of(id).isEmpty()) {
                violations.add(id + " is cited by " + String.join(", ", citations.of(id))
                        + ": take it out of enforced-elsewhere.txt");
            }
        }
        return violations;
    }

    /** For the matrix: the sources that cite the clause, or what else enforces it; empty for what is no clause. */
    String print(String id) {
        return elsewhere.sentences().getOrDefault(id, String.join("<br>", citations.of(id)));
    }
}
