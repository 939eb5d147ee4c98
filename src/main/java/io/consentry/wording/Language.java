package io.consentry.wording;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** In which language people read: the one door through which a language enters. Whatever is written for people asks here, each time. */
@ApplicationScoped
public class Language {

    /** Of whoever is being answered; there is one so far. */
    public Locale locale() {
        return Locale.ENGLISH;
    }
}
