package io.consentry.developer;

import io.consentry.kernel.FaultCode;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What each error code means and what to do: {@code developer/errors_<language>.properties}, in UTF-8, with a
 * {@code <code>.means} and a {@code <code>.do} each. A test holds the English file to the codes.
 */
final class ErrorTexts {

    private static final String BUNDLE = "developer.errors";

    private ErrorTexts() {}

    /** When the error is sent; the title again where nobody has written more. */
    static String means(FaultCode code, Locale locale) {
        return find(code.code() + ".means", code.title(), locale);
    }

    /** What to do about it; nothing where nobody has written it. */
    static String remedy(FaultCode code, Locale locale) {
        return find(code.code() + ".do", "", locale);
    }

    private static String find(String key, String otherwise, Locale locale) {
        ResourceBundle bundle =
                ResourceBundle.getBundle(BUNDLE, locale, ErrorTexts.class.getClassLoader(), ENGLISH_LAST);
        return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
    }

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
