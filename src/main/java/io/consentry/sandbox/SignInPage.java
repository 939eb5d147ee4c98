package io.consentry.sandbox;

import io.consentry.authorization.Interactions;
import io.consentry.client.Clients;
import io.consentry.client.RegisteredClient;
import io.consentry.http.ContentPolicy;
import io.consentry.http.ReturnTo;
import io.consentry.person.Assurance;
import io.consentry.wording.Language;
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
    private final Language language;
    private final Interactions interactions;
    private final Clients clients;

    SignInPage(People people, Language language, Interactions interactions, Clients clients) {
        this.people = people;
        this.language = language;
        this.interactions = interactions;
        this.clients = clients;
    }

    @CheckedTemplate(basePath = "sandbox")
    static class Templates {

        private Templates() {}

        static native TemplateInstance signIn(List<Entry> people, Where where, List<String> tags, Wanted wanted);
    }

    /** Where one has come from and looks: the path to go on to, and the words that narrow the people. */
    record Where(String returnTo, String find) {}

    /**
     * What the request behind the sign-in wants.
     *
     * @param client who asks; empty when nobody does
     * @param message what they say to the person; empty when nothing
     * @param face whether they want the face as well
     */
    record Wanted(String client, String message, boolean face) {

        @Override
        public String toString() {
            return "Wanted[redacted]";
        }
    }

    /** One person as a card. */
    record Entry(String uinfin, String name, List<String> tags, String summary) {}

    TemplateInstance of(ReturnTo returnTo, String find) {
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
        return Templates.signIn(found, new Where(returnTo.path(), find), tags(), wanted(returnTo));
    }

    /** A sign-in that falls short ends its request: then the form leads through our pages back to the client. */
    String policy(ReturnTo returnTo) {
        return interactions
                .behind(returnTo)
                .map(request -> ContentPolicy.formMayEndAt(request.redirectUri()))
                .orElse(ContentPolicy.strict());
    }

    private Wanted wanted(ReturnTo returnTo) {
        return interactions
                .behind(returnTo)
                .map(request -> new Wanted(
                        clients.find(request.clientId())
                                .map(RegisteredClient::name)
                                .orElse(""),
                        request.message().orElse(""),
                        request.level().filter(Assurance.FACE::equals).isPresent()))
                .orElse(new Wanted("", "", false));
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
        return language.messages(SandboxMessages.class).tag(PersonaTag.of(tag));
    }
}
