package io.consentry.developer;

import io.consentry.kernel.FaultCode;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What each error code means and what to do: {@code developer/errors_<language>.properties}, in UTF-8, with a
 * {@code <code>.means} and a {@code <code>.do} each; in English, word by word, where a language lacks one. A test holds the
 * English file, {@code errors.properties}, to the codes.
 */
final class ErrorTexts {

    private static final String BUNDLE = "developer.errors";
    private static final Control NO_OTHER = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

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
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, ErrorTexts.class.getClassLoader(), NO_OTHER);
        return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
    }
}
