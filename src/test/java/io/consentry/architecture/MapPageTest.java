package io.consentry.architecture;

import io.consentry.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that shows the packages is what they say of themselves. */
class MapPageTest {

    private static final PackageMap MAP = Ours.MAP;
    private static final Pattern OPENING = Pattern.compile("/\\*\\*\\s*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{@(?:code|link|linkplain)\\s+([^}]*)}");

    @Test
    void thePageIsWhatThePackagesSay() throws IOException {
        var page = new StringBuilder("""
                # The packages

                One flat level under `io.consentry`, each package one capability. What follows is made from each package's `package-info.java`, and tests
                hold the code to it: no other import, no cycle, no declared arrow that nothing uses, no SQL that names another's table.

                An arrow means "may use". Arrows that others imply are left out, and so is `kernel`, which everybody may use; `sandbox`, `operator` and
                `launch`, which start things and which nothing uses, stand in the table only.

                ```mermaid
                flowchart TD
                """);
        Set<String> left = Set.of("kernel", "sandbox", "operator", "launch");
        for (String from : MAP.packages()) {
            for (String to : MAP.withoutImplied(from)) {
                if (!left.contains(from) && !left.contains(to)) {
                    page.append("    ").append(from).append(" --> ").append(to).append('\n');
                }
            }
        }
        page.append("```\n\n| package | what lives there | may use | tables |\n|---|---|---|---|\n");
        for (String name : MAP.packages()) {
            page.append("| [`%s`](../main/java/io/consentry/%s) | %s | %s | %s |\n"
                    .formatted(name, name, opening(name), words(MAP.declared(name)), words(MAP.owned(name))));
        }

        GeneratedPage.named("packages.md").is(page.toString());
    }

    /** The first paragraph of what a package says of itself. */
    private static String opening(String name) throws IOException {
        var said = OPENING.matcher(Files.readString(Path.of("src/main/java/io/consentry", name, "package-info.java")));
        if (!said.find()) {
            return "";
        }
        String text = said.group(1).replaceAll("(?m)^\\s*\\*", "").split("\\n\\s*\\n|<p>|<ol>|<ul>")[0];
        return TAG.matcher(text.replaceAll("\\s+", " ").strip())
                .replaceAll(tag -> "`" + tag.group(1).replace("#", ".") + "`");
    }

    private static String words(List<String> names) {
        return names.isEmpty() ? "" : "`" + String.join("`, `", names) + "`";
    }
}
