package io.consentry.wording;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
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

    /** The messages of a bundle in that language; in English where it lacks them. */
    public <M> M messages(Class<M> bundle) {
        InstanceHandle<M> translated = Arc.container().instance(bundle, Localized.Literal.of(locale().toLanguageTag()));
        return translated.isAvailable() ? translated.get() : MessageBundles.get(bundle);
    }

    /** The messages of every page are in it. */
    void ofPages(@Observes EngineBuilder engine) {
        engine.addTemplateInstanceInitializer(page -> page.setLocale(locale()));
    }
}
