package io.consentry.wording;

import io.quarkus.qute.EngineBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/** In which language people read: the one door through which a language enters. Whatever is written for people asks here, each time. */
@ApplicationScoped
public class Language {

    /** Of whoever is being answered; there is one so far. */
    public Locale locale() {
        return Locale.ENGLISH;
    }

    /** That language as it writes dates, numbers and lists in Singapore. */
    public Locale formats() {
        return Locale.of(locale().getLanguage(), "SG");
    }

    /** The messages of every page are in it. */
    void ofPages(@Observes EngineBuilder engine) {
        engine.addTemplateInstanceInitializer(page -> page.setLocale(locale()));
    }
}
