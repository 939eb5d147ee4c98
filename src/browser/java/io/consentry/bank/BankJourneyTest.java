package io.consentry.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.consentry.browser.Axe;
import io.consentry.kernel.Settings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole journey in a real browser: the bank, signing in, the consent page on another site, the filled form, the end. */
@QuarkusTest
class BankJourneyTest {

    private static final String CLARISSA = "S9812381D";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int MOST_KEYS = 400;

    private static final List<String> OF_THE_LAYOUT = List.of("scrollable-region-focusable", "target-size");

    @Inject
    Settings settings;

    private static Browsers browsers;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        browsers = new Browsers();
    }

    @AfterAll
    static void close() {
        browsers.close();
    }

    @Test
    void theFormFillsItselfForSomebodyWithAMouse() {
        Page page = page(desktop());

        begin(page);
        photograph(page, "bank-before");
        page.navigate(bank());
        approveAll(page);
        photograph(page, "bank-after");
        finish(page);

        assertThat(page.locator(".headline").textContent()).containsPattern("[67][0-9] % faster");
        photograph(page, "bank-done");
        assertThat(complaints).isEmpty();
    }

    @Test
    void itWorksWithoutJavaScript() {
        Page page = page(desktop().setJavaScriptEnabled(false));

        page.navigate(bank());
        approveAll(page);
        finish(page);

        assertThat(page.url()).endsWith("/bank/done");
    }

    @Test
    void itWorksByKeyboardAlone() {
        Page page = page(desktop());
        page.navigate(bank());

        press(page, "button[value=consentry]", "Enter");
        press(page, "button[value=" + CLARISSA + "]", "Enter");
        press(page, "button[value=approve]", "Enter");
        page.waitForURL("**/bank/form");
        for (String card : List.of("about", "contact", "home")) {
            press(page, "#correct-" + card, "Space");
        }
        tabTo(page, "#occupation");
        page.keyboard().type("Diver");
        press(page, "#correct-work", "Space");
        press(page, "#correct-cpf", "Space");
        for (String question : List.of("purpose", "funds", "tax", "exposure")) {
            press(page, "input[name=" + question + "]", "Space");
        }
        press(page, "main form .actions button[value=submit]", "Enter");
        page.waitForURL("**/bank/done*");

        assertThat(page.title()).startsWith("Application submitted");
    }

    @Test
    void itWorksOnASmallPhone() {
        Page page = page(new Browser.NewContextOptions().setViewportSize(320, 640));

        page.navigate(bank());
        fits(page);
        approveAll(page);
        fits(page);
        photograph(page, "bank-after-phone");
        finish(page);

        fits(page);
        assertThat(page.url()).endsWith("/bank/done");
    }

    @Test
    void anErrorIsToldWhereTheFocusIs() {
        Page page = page(desktop());
        page.navigate(bank());
        approveAll(page);

        submit(page);

        assertThat(page.title()).startsWith("Error:");
        assertThat((Boolean) page.evaluate("document.activeElement.classList.contains('problems')"))
                .isTrue();
        page.locator(".problems a[href='#occupation']").click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("occupation");
    }

    @Test
    void whoRefusesComesBackToAKindWord() {
        Page page = page(desktop());
        page.navigate(bank());

        signIn(page);
        page.locator("button[value=refuse], button[value=deny]").first().click();
        page.waitForURL("**/bank/callback*");

        assertThat(page.locator("h1").textContent()).isEqualTo("Nothing was shared");
        page.locator("button[value=hand]").click();
        assertThat(page.locator("#nric").isVisible()).isTrue();
    }

    /** The other scheme is the same page in other colours, and so judged by them alone; a phone has what fits on it judged. */
    @Test
    void noPageHasABarrierThatAxeFinds() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            List<String> rules = scheme == ColorScheme.LIGHT ? List.of() : Axe.OF_COLOURS;
            Page page = page(desktop().setColorScheme(scheme));
            page.navigate(bank());
            judge(page, rules);
            page.locator("button[value=hand]").click();
            judge(page, rules);
            page.navigate(settings.baseUrl() + "/sandbox/sign-in");
            judge(page, rules);
            page.navigate(bank());
            approveAll(page);
            judge(page, rules);
            submit(page);
            judge(page, rules);
            finish(page);
            judge(page, rules);
            page.context().close();
        }
    }

    private String bank() {
        return "http://127.0.0.1:" + settings.port() + "/bank";
    }

    private static Browser.NewContextOptions desktop() {
        return new Browser.NewContextOptions().setViewportSize(1280, 900);
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = browsers.chromium().newContext(options);
        context.setDefaultTimeout(20_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if ("error".equals(message.type())) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private void begin(Page page) {
        page.navigate(bank());
        page.locator("button[value=hand]").click();
    }

    private static void signIn(Page page) {
        page.locator("button[value=consentry]").click();
        page.locator("button[value=" + CLARISSA + "]").click();
        page.waitForURL("**/consent/*");
    }

    private static void approveAll(Page page) {
        page.locator("button[value=consentry]").click();
        page.waitForURL(url -> url.contains("/sandbox/sign-in") || url.contains("/consent/"));
        if (page.url().contains("/sandbox/sign-in")) {
            page.locator("button[value=" + CLARISSA + "]").click();
            page.waitForURL("**/consent/*");
        }
        for (Locator optional :
                page.locator("main input[type=checkbox]:visible").all()) {
            optional.check();
        }
        page.locator("button[value=approve]").first().click();
        page.waitForURL("**/bank/form");
    }

    private static void finish(Page page) {
        for (Locator card : page.locator(".confirm input[type=checkbox]").all()) {
            card.check();
        }
        page.locator("#occupation").fill("Software engineer");
        Map.of("purpose", "DAILY", "funds", "SALARY", "tax", "HERE", "exposure", "NOBODY")
                .forEach((question, answer) -> page.locator("input[name=" + question + "][value=" + answer + "]")
                        .check());
        submit(page);
        page.waitForURL("**/bank/done");
    }

    private static void submit(Page page) {
        page.locator("main form .actions button[value=submit]").last().click();
        page.waitForLoadState();
    }

    private static void press(Page page, String selector, String key) {
        tabTo(page, selector);
        page.keyboard().press(key);
        page.waitForLoadState();
    }

    /** Goes on with Tab until the element has the focus, as somebody without a mouse must. */
    private static void tabTo(Page page, String selector) {
        page.waitForSelector(selector);
        for (int i = 0; i < MOST_KEYS; i++) {
            if ((Boolean) page.evaluate(
                    "selector => !!document.activeElement && document.activeElement.matches(selector)", selector)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab never reaches " + selector);
    }

    private static void fits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(page.url())
                .isEqualTo(true);
    }

    /** By all rules, or by some; at the width of a phone too by those that look at where things lie. */
    private static void judge(Page page, List<String> rules) {
        axe(page, rules);
        if (rules.isEmpty()) {
            page.setViewportSize(320, 900);
            fits(page);
            axe(page, OF_THE_LAYOUT);
            page.setViewportSize(1280, 900);
        }
    }

    private static void axe(Page page, List<String> rules) {
        assertThat(Axe.barriers(page, rules))
                .as(page.url() + " at " + page.viewportSize().width)
                .isEmpty();
    }

    /** The whole page for whoever judges it, and what is seen first for the README. */
    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + "-whole.png"))
                .setFullPage(true));
        page.evaluate("window.scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
