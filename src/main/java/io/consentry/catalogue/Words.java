package io.consentry.catalogue;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * The catalogue's words: {@code catalogue/labels_<language>.properties}, in UTF-8, and word by word those of
 * {@code labels.properties}, which are English, where a language lacks one.
 */
final class Words {

    private static final String BUNDLE = "catalogue.labels";

    /** Without it a language we lack would come out in the language of the machine we happen to run on. */
    private static final Control NO_OTHER = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Words() {}

    /** The word under the key; throws {@code MissingResourceException} when no file has it. */
    static String find(String key, Locale locale) {
        return bundle(locale).getString(key);
    }

    /** Whether every language has the key, be it in English. */
    static boolean has(String key) {
        return bundle(Locale.ROOT).containsKey(key);
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(BUNDLE, locale, Words.class.getClassLoader(), NO_OTHER);
    }
}
