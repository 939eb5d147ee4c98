package io.consentry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe finds on a page. */
public final class Axe {

    /** All that the dark scheme can spoil: it is the same page in other colours. */
    public static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    private Axe() {}

    /** One line for each barrier, by all rules or by some. */
    public static List<String> barriers(Page page, List<String> rules) {
        // Without a page of its own for frames, since there are none.
        assertThat(page.frames()).hasSize(1);
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true).options(nothingButViolations());
        return (rules.isEmpty() ? axe : axe.withRules(rules))
                .analyze().getViolations().stream().map(Axe::line).toList();
    }

    /** A report names every element that passed, too, and takes longest to find those names. */
    private static AxeRunOptions nothingButViolations() {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    private static String line(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().getFirst().getHtml();
    }
}
