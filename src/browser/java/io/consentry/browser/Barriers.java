package io.consentry.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** What axe finds wrong with a page: every rule where it is light, and where it is dark again those that look at colours. */
public final class Barriers {

    private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    private Barriers() {}

    public static List<Rule> on(Page page, ColorScheme scheme) {
        AxeBuilder axe = new AxeBuilder(page);
        if (scheme == ColorScheme.DARK) {
            axe.withRules(OF_COLOURS);
        }
        return axe.analyze().getViolations();
    }
}
