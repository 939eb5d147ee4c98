package io.consentry.requirement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requirements, the tests that prove them, and the gaps we know of, each with its reason. */
record Matrix(IdList requirements, IdList gaps, Citations citations) {

    static Matrix ofTheProject() throws IOException {
        Path resources = Path.of("src", "test", "resources");
        return new Matrix(
                IdList.read(resources.resolve("requirements.txt")),
                IdList.read(resources.resolve("known-gaps.txt")),
                Citations.collect(Path.of("src", "browser", "java")));
    }

    /** Everything that is wrong with it, in sentences. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(citations.idle());
        Set<String> listed = requirements.sentences().keySet();
        Map<String, Set<String>> tests = citations.tests();
        for (String id : listed) {
            if (!tests.containsKey(id) && !gaps.sentences().containsKey(id)) {
                violations.add(id + " has no test; write one, or say why not in known-gaps.txt");
            }
        }
        tests.forEach((id, citing) -> {
            if (!listed.contains(id)) {
                violations.add(String.join(", ", citing) + " cites " + id + ", which requirements.txt does not list");
            }
        });
        for (String id : gaps.sentences().keySet()) {
            if (!listed.contains(id)) {
                violations.add(id + " is a known gap of a requirement that is not listed");
            } else if (tests.containsKey(id)) {
                violations.add(id + " is no gap any more: take it out of known-gaps.txt");
            }
        }
        return violations;
    }

    /** As a table in Markdown, one section for each standard, with where its clauses are enforced. */
    String print(Enforcement enforcement) {
        StringBuilder text = new StringBuilder();
        String heading = "";
        for (Map.Entry<String, String> one : requirements.sentences().entrySet()) {
            String id = one.getKey();
            String standard = requirements.headings().getOrDefault(id, "");
            if (!standard.equals(heading)) {
                heading = standard;
                text.append("\n## ")
                        .append(heading)
                        .append("\n\n| id | requirement | enforced in | proved by |\n|---|---|---|---|\n");
            }
            Set<String> tests = citations.tests().getOrDefault(id, Set.of());
            String proof = tests.isEmpty()
                    ? "gap: " + gaps.sentences().getOrDefault(id, "no test")
                    : String.join("<br>", tests);
            text.append("| %s | %s | %s | %s |%n".formatted(id, one.getValue(), enforcement.print(id), proof));
        }
        return text.toString();
    }
}
