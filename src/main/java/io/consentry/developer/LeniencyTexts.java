package io.consentry.developer;

import io.consentry.client.Leniency;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What each leniency is about: {@code developer/leniencies_<language>.properties}, in UTF-8, with a {@code <name>.allows}, a
 * {@code <name>.clause} and a {@code <name>.leave} each. Fails when one is missing; a test reads the page.
 *
 * @param name its name in a registration
 * @param allows what a client may do that is registered for it
 * @param clause what FAPI 2.0 says
 * @param leave how a client moves off it
 */
record LeniencyTexts(String name, String allows, String clause, String leave) {

    static LeniencyTexts of(Leniency leniency, Locale locale) {
        var texts = ResourceBundle.getBundle(
                "developer.leniencies",
                locale,
                LeniencyTexts.class.getClassLoader(),
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        String name = leniency.wire();
        return new LeniencyTexts(
                name,
                texts.getString(name + ".allows"),
                texts.getString(name + ".clause"),
                texts.getString(name + ".leave"));
    }
}
