package io.consentry.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The catalogue's words: {@code catalogue/labels_<language>.properties}, in UTF-8, word by word in English where a
 * language lacks one.
 */
final class Words {

    private static final String BUNDLE = "catalogue.labels";

    private Words() {}

    /** The word under the key; throws {@code MissingResourceException} when not even English has it. */
    static String find(String key, Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, Words.class.getClassLoader(), ENGLISH_LAST);
        return bundle.containsKey(key) ? bundle.getString(key) : english().getString(key);
    }

    /** Whether English has the key. */
    static boolean has(String key) {
        return english().containsKey(key);
    }

    private static ResourceBundle english() {
        return ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH, Words.class.getClassLoader(), ENGLISH_LAST);
    }

    /** Without it a language we lack would come out in the language of the machine we happen to run on. */
    private static final ResourceBundle.Control ENGLISH_LAST = new ResourceBundle.Control() {
        @Override
        public List<String> getFormats(String baseName) {
            return FORMAT_PROPERTIES;
        }

        @Override
        public Locale getFallbackLocale(String baseName, Locale locale) {
            return Locale.ENGLISH;
        }
    };
}
