package io.consentry.requirement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which clauses of standards the product cites, and where. A citation names its standard and then its sections: {@code RFC 7009
 * §2.1}, {@code FAPI 2.0 §5.3.2.1-8}, {@code RFC 8725 §3.11, §3.12}. A section is cited exactly or not at all: neither does
 * §5.3.2.1 stand for §5.3.2, nor the whole of a FAPI section for an item of its list.
 *
 * @param places from a clause such as {@code RFC7009-2.1} to the sources that cite it, classes without their ending
 */
record ClauseCitations(Map<String, Set<String>> places) {

    private static final List<Path> ENFORCING = Stream.of(
                    "java", "resources/application.properties", "resources/db/migration")
            .map(Path::of)
            .toList();

    private static final List<Path> NOT_ENFORCING = Stream.of("bank", "developer", "sandbox")
            .map(Path.of("java", "io", "consentry")::resolve)
            .toList();

    private static final String SECTION = "\\d+(?:\\.\\d+)*";

    private static final Pattern ID = Pattern.compile("(RFC\\d+|FAPI2-SP|OIDC-[A-Z]+)-(" + SECTION + ")(?:-.+)?");
    private static final Pattern OF_A_STANDARD = Pattern.compile("(RFC\\d|FAPI2-SP|OIDC).*");

    private static final Pattern CITATION =
            Pattern.compile("(RFC \\d+|FAPI 2\\.0(?: Security Profile)?|OpenID Connect (?:Core|Discovery)(?: 1\\.0)?)"
                    + "((?:(?:,|,? and)? §" + SECTION + "(?:-\\d+)?)+)");

    private static final Pattern ONE_SECTION = Pattern.compile("§([\\d.]*\\d(?:-\\d+)?)");

    /** The end of a line with what the next line of a comment begins with, in Java, SQL or properties. */
    private static final Pattern NEXT_LINE = Pattern.compile("\\s*\\R\\s*(?:\\*(?!/)|//|--|#)?\\s*");

    /**
     * Of everything that decides or sets something. Pages of documentation tell of clauses and enforce none, and what the demo
     * bank does is a client's part.
     */
    static ClauseCitations collect(Path main) throws IOException {
        ClauseCitations citations = new ClauseCitations(new TreeMap<>());
        try (Stream<Path> files = Files.walk(main)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path within = main.relativize(file);
                if (ENFORCING.stream().anyMatch(within::startsWith)
                        && NOT_ENFORCING.stream().noneMatch(within::startsWith)) {
                    String place = file.getFileName().toString().replace(".java", "");
                    citations.read(place, Files.readString(file));
                }
            }
        }
        return citations;
    }

    void read(String place, String text) {
        Matcher citation = CITATION.matcher(NEXT_LINE.matcher(text).replaceAll(" "));
        while (citation.find()) {
            String standard = standard(citation.group(1));
            Matcher section = ONE_SECTION.matcher(citation.group(2));
            while (section.find()) {
                places.computeIfAbsent(standard + "-" + section.group(1), none -> new TreeSet<>())
                        .add(place);
            }
        }
    }

    /** The sources that cite the clause of a requirement; none when it is of no standard. */
    Set<String> of(String requirement) {
        return clause(requirement)
                .map(clause -> places.getOrDefault(clause, Set.of()))
                .orElse(Set.of());
    }

    /**
     * The clause that a requirement is about. What follows a section in an id tells apart several requirements of one clause,
     * except in FAPI, where it is the item. Empty for our own requirements, and for goals and modules that are no clauses.
     */
    static Optional<String> clause(String requirement) {
        if (!OF_A_STANDARD.matcher(requirement).matches()) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(requirement);
        if (!id.matches()) {
            throw new IllegalArgumentException("names no section: " + requirement);
        }
        return Optional.of(id.group(1).equals("FAPI2-SP") ? requirement : id.group(1) + "-" + id.group(2));
    }

    private static String standard(String cited) {
        if (cited.startsWith("FAPI")) {
            return "FAPI2-SP";
        }
        if (cited.startsWith("OpenID")) {
            return cited.contains("Core") ? "OIDC-CORE" : "OIDC-DISCOVERY";
        }
        return cited.replace(" ", "");
    }
}
