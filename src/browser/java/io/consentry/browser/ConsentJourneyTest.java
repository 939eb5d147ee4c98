package io.consentry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.consentry.browser.Chromium.Eyes;
import io.consentry.testing.ClientFlow;
import io.consentry.testing.Effort;
import io.consentry.testing.TestClient;
import io.consentry.testing.Visit;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real browser: by mouse, by keyboard alone, without JavaScript, on a phone, and through axe. */
@QuarkusTest
class ConsentJourneyTest {

    private static final String CLARISSA = "S9812381D";

    /** Nobody else's, so that her pages are as long as a person's and not as long as a test run's. */
    private static final String QUIET = "S8845127I";

    private static final int MOST_WORDS = 60;
    private static final int MOST_TABS = 400;

    private static Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void byMouseAPersonApprovesAndReturnsToTheBankOnAnotherSite() {
        Page page = chromium.open(Eyes.DESKTOP, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));
        page.getByLabel("Race").first().check();

        page.locator("button[value=approve]").click();
        page.waitForURL("http://127.0.0.1:*/bank/**");

        assertThat(page.url()).contains("/bank");
    }

    @Test
    void byKeyboardAloneAPersonShowsAValueAndApproves() {
        Page page = chromium.open(Eyes.DESKTOP, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));

        tabTo(page, "details.mask > summary");
        page.keyboard().press("Enter");
        assertThat(page.locator("details.mask").first().getAttribute("open")).isNotNull();
        tabTo(page, "input[name=share]");
        page.keyboard().press("Space");
        tabTo(page, "button[value=approve]");
        page.keyboard().press("Enter");
        page.waitForURL("http://127.0.0.1:*/bank/**");

        assertThat(page.url()).contains("/bank");
    }

    @Test
    void withoutScriptAPersonShowsAValueRefusesAndWithdraws() {
        Page page = chromium.open(Eyes.WITHOUT_SCRIPT, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));
        page.locator("details.mask > summary").first().click();
        assertThat(page.getByText(CLARISSA).first().isVisible()).isTrue();
        page.locator("button[value=approve]").click();
        page.waitForURL("http://127.0.0.1:*/bank/**");

        page.navigate(Visit.base() + "/me");
        page.locator("a.stop").first().click();
        page.locator("button.stop").click();

        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("Withdrawn");
    }

    @Test
    void withoutScriptAPersonTicksAGroupPausesTakesBackAndGoesOn() {
        Page page = chromium.open(Eyes.WITHOUT_SCRIPT, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));
        page.locator("button.tick[value^=hdbtype]").click();
        assertThat(page.locator("input[value=hdbtype]").isChecked()).isTrue();
        assertThat(page.locator("input[value=race]").isChecked()).isFalse();
        page.locator("button[value=approve]").click();
        page.waitForURL("http://127.0.0.1:*/bank/**");

        page.navigate(Visit.base() + "/me");
        page.locator("section[aria-labelledby=active] .consent a.quiet").first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("Paused");
        page.locator("a[href$='/narrow']").click();
        page.getByLabel("Email").check();
        page.locator("button.stop").click();
        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("Taken back");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let it go on"))
                .click();

        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("It goes on");
    }

    @Test
    void withScriptAGroupIsTickedAndUntickedOnTheSpot() {
        Page page = chromium.open(Eyes.DESKTOP, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));
        String address = page.url();
        Locator all = page.locator("button.tick[value^=hdbtype]");
        Locator boxes = page.locator(".asked:has(button.tick[value^=hdbtype]) input");

        all.click();
        assertThat(boxes.all()).hasSizeGreaterThan(1).allMatch(Locator::isChecked);
        assertThat(all.textContent()).startsWith("Untick all");
        boxes.first().uncheck();
        assertThat(all.textContent()).startsWith("Tick all");
        all.click();
        all.click();

        assertThat(boxes.all()).noneMatch(Locator::isChecked);
        assertThat(page.url()).isEqualTo(address);
    }

    @Test
    void approveAndRefuseAreEqualInSizeWeightAndContrast() {
        Page page = chromium.open(Eyes.DESKTOP, CLARISSA);
        page.navigate(Visit.asked("harbour-bank"));
        String look = "e => { const r = e.getBoundingClientRect(), s = getComputedStyle(e);"
                + " return [r.width, r.height, s.fontSize, s.fontWeight, s.color, s.backgroundColor, s.border].join() }";

        Object approve = page.locator("button[value=approve]").evaluate(look);
        Object refuse = page.locator("button[value=refuse]").evaluate(look);

        assertThat(approve).isEqualTo(refuse);
    }

    /** A control that stands beside every value counts once; values and names do not count. */
    @Test
    void aboveTheFoldStandAtMostSixtyWordsOfOurOwn() {
        for (Eyes eyes : List.of(Eyes.DESKTOP, Eyes.PHONE)) {
            Page page = chromium.open(eyes, CLARISSA);
            page.navigate(Visit.asked("harbour-bank"));

            String words = (String) page.evaluate("""
                    () => {
                      const given = 'bdi, dd, .value, .label, .source, .operator, .visually-hidden, script, style';
                      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                      const words = [], controls = new Set();
                      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                        const range = document.createRange();
                        range.selectNodeContents(node);
                        const box = range.getBoundingClientRect();
                        const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight
                          && node.parentElement.checkVisibility();
                        const control = node.parentElement.closest('summary');
                        const repeats = control && controls.has(node.data);
                        if (control) {
                          controls.add(node.data);
                        }
                        if (seen && !repeats && !node.parentElement.closest(given)) {
                          words.push(...node.data.split(/\\s+/).filter(word => /\\w/.test(word)));
                        }
                      }
                      return words.join(' ');
                    }""");

            assertThat(words.split(" ")).as(words).hasSizeLessThanOrEqualTo(MOST_WORDS);
        }
    }

    /** Dark is the same page in other colours, and so judged by them alone. */
    @Test
    void everyPagePassesAxeInLightAndDark() {
        List<String> violations = new ArrayList<>();
        for (Eyes eyes : List.of(Eyes.DESKTOP, Eyes.DARK)) {
            Page page = chromium.open(eyes, QUIET);
            for (String path : pages()) {
                arrive(page, path);
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
                for (String barrier : Axe.barriers(page, eyes == Eyes.DARK ? Axe.OF_COLOURS : List.of())) {
                    violations.add(eyes.scheme() + " " + path + " " + barrier);
                }
            }
        }

        assertThat(violations).isEmpty();
    }

    @Test
    void nothingRunsOverTheEdgeOfASmallPhone() {
        Page page = chromium.open(Eyes.PHONE, QUIET);
        for (String path : pages()) {
            arrive(page, path);
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");

            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(320);
        }
    }

    @Test
    void pagesAskNobodyElseAndTripOverNoPolicy() {
        Page page = chromium.open(Eyes.DESKTOP, QUIET);
        List<String> troubles = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.url().startsWith(Visit.base()) && !request.url().startsWith("data:")) {
                troubles.add(request.url());
            }
        });
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                troubles.add(message.text());
            }
        });
        pages().forEach(path -> arrive(page, path));

        assertThat(troubles).isEmpty();
    }

    /** In every run the journey and its pictures once; in the dark and on a phone with {@code --soak}. */
    @Test
    void picturesAreTakenOfWhatPeopleSee() {
        for (Eyes eyes : Effort.isSoak() ? List.of(Eyes.DESKTOP, Eyes.DARK, Eyes.PHONE) : List.of(Eyes.DESKTOP)) {
            Page page = chromium.open(eyes, QUIET);
            page.navigate("/");
            shoot(page, "front", eyes);
            page.navigate(Visit.asked("harbour-bank"));
            shoot(page, "consent", eyes);
            page.locator("button[value=approve]").click();
            page.waitForURL("http://127.0.0.1:*/bank/**");
            page.navigate(Visit.base() + amendmentAsked());
            shoot(page, "amend", eyes);
            page.locator("details.kept > summary").click();
            shoot(page, "amend-open", eyes);
            page.navigate(Visit.base() + "/me");
            shoot(page, "me", eyes);
            page.locator("section[aria-labelledby=active] .consent a.quiet")
                    .first()
                    .click();
            shoot(page, "grant", eyes);
            page.locator("a[href$='/narrow']").click();
            shoot(page, "narrow", eyes);
            page.getByLabel("Email").check();
            page.locator("button.stop").click();
            shoot(page, "narrowed", eyes);
            page.locator("a.stop").click();
            page.locator("button.stop").click();
            shoot(page, "withdrawn", eyes);
        }
    }

    private static void shoot(Page page, String name, Eyes eyes) {
        String file = name + "-" + eyes.scheme().name().toLowerCase(Locale.ROOT) + "-" + eyes.width() + ".png";
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "screenshots", file)));
    }

    /** Goes to an address that must not send its reader elsewhere. */
    private static void arrive(Page page, String path) {
        page.navigate(path);
        assertThat(page.url()).isEqualTo(Visit.base() + path);
    }

    /** One address for every kind of page, all of them {@link #QUIET}'s. */
    private static List<String> pages() {
        String decided = Visit.asked("plain-lender");
        Visit visit = Visit.as(QUIET);
        visit.send(decided, decided, Map.of("decision", "approve"));
        var grant = Pattern.compile("/me/consents/[0-9a-f-]{36}")
                .matcher(visit.get("/me").asString());
        assertThat(grant.find()).isTrue();
        return List.of(
                "/",
                "/docs",
                "/docs/errors",
                "/docs/events",
                "/docs/errors/consent_withdrawn",
                "/nothing",
                Visit.asked("harbour-bank"),
                amendmentAsked(),
                decided,
                "/me",
                grant.group(),
                grant.group() + "/withdraw",
                grant.group() + "/narrow",
                "/me/activity");
    }

    /** A page that asks to amend what was granted: something more, and something less. */
    private static String amendmentAsked() {
        TestClient bank = TestClient.ready("harbour-bank");
        ClientFlow first = bank.flow().asking("openid name marital email").push();
        first.approve(QUIET);
        String grant = first.redeem().text("grant_id");
        ClientFlow other = bank.flow().asking("openid name marital race regadd");
        other.pushed(other.amending("replace", grant));
        return URI.create(other.authorize().send().is(303).header("Location").orElseThrow())
                .getPath();
    }

    private static void tabTo(Page page, String selector) {
        Locator target = page.locator(selector).first();
        for (int i = 0; i < MOST_TABS; i++) {
            if ((Boolean) target.evaluate("e => e === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }
}
