package io.consentry.sandbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sandbox's page for choosing whom to be. */
@ApplicationScoped
class SignInPage {

    private final People people;
    private final SandboxMessages words;

    SignInPage(People people, SandboxMessages words) {
        this.people = people;
        this.words = words;
    }

    @CheckedTemplate(basePath = "sandbox")
    static class Templates {

        private Templates() {}

        static native TemplateInstance signIn(List<Entry> people, String returnTo, String find, List<String> tags);
    }

    /** One person as a card. */
    record Entry(String uinfin, String name, List<String> tags, String summary) {}

    TemplateInstance of(ReturnPath returnTo, String find) {
        List<String> wanted = Stream.of(find.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        List<Entry> found = people.all().stream()
                .filter(person -> wanted.stream().allMatch(searched(person)::contains))
                .map(person -> new Entry(
                        person.uinfin().value(),
                        person.name(),
                        person.tags().stream().map(this::inWords).toList(),
                        person.summary()))
                .toList();
        return Templates.signIn(found, returnTo.value(), find, tags());
    }

    /** Every tag once, to fill the filter's suggestions. */
    private List<String> tags() {
        return people.all().stream()
                .flatMap(person -> person.tags().stream())
                .map(this::inWords)
                .distinct()
                .sorted()
                .toList();
    }

    private String searched(Persona person) {
        String tags = person.tags().stream().map(this::inWords).collect(Collectors.joining(" "));
        return String.join(" ", person.name(), tags, person.summary()).toLowerCase(Locale.ROOT);
    }

    private String inWords(String tag) {
        return words.tag(PersonaTag.of(tag));
    }
}
