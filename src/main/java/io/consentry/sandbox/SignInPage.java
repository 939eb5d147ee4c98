package io.consentry.sandbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The sandbox's page for choosing whom to be. */
@ApplicationScoped
class SignInPage {

    private final People people;

    SignInPage(People people) {
        this.people = people;
    }

    @CheckedTemplate(basePath = "sandbox")
    static class Templates {

        private Templates() {}

        static native TemplateInstance signIn(List<Entry> people, String returnTo, String find, List<String> tags);
    }

    /** One person as a card. */
    record Entry(String uinfin, String name, List<String> tags, String summary) {}

    TemplateInstance of(ReturnPath returnTo, String find) {
        List<String> words = Stream.of(find.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        List<Entry> found = people.all().stream()
                .filter(person -> words.stream().allMatch(searched(person)::contains))
                .map(person -> new Entry(
                        person.uinfin().value(),
                        person.name(),
                        person.tags().stream().map(SignInPage::inWords).toList(),
                        person.summary()))
                .toList();
        return Templates.signIn(found, returnTo.value(), find, tags());
    }

    /** Every tag once, to fill the filter's suggestions. */
    private List<String> tags() {
        return people.all().stream()
                .flatMap(person -> person.tags().stream())
                .map(SignInPage::inWords)
                .distinct()
                .sorted()
                .toList();
    }

    private static String searched(Persona person) {
        return String.join(" ", person.name(), inWords(String.join(" ", person.tags())), person.summary())
                .toLowerCase(Locale.ROOT);
    }

    private static String inWords(String tag) {
        return tag.replace('-', ' ');
    }
}
