package io.consentry.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.consentry.testing.Visit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real browser: the one that is installed, nothing is downloaded. */
final class Chromium implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/bin/chromium");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(BINARY).setArgs(List.of("--no-sandbox")));

    /** How somebody looks at the pages. */
    record Eyes(ColorScheme scheme, int width, int height, boolean script) {

        static final Eyes DESKTOP = new Eyes(ColorScheme.LIGHT, 1280, 900, true);
        static final Eyes DARK = new Eyes(ColorScheme.DARK, 1280, 900, true);
        static final Eyes PHONE = new Eyes(ColorScheme.LIGHT, 320, 640, true);
        static final Eyes WITHOUT_SCRIPT = new Eyes(ColorScheme.LIGHT, 1280, 900, false);
    }

    /** A window of its own, with one of the invented people signed in. */
    Page open(Eyes eyes, String uinfin) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(Visit.base())
                .setColorScheme(eyes.scheme())
                .setViewportSize(eyes.width(), eyes.height())
                .setJavaScriptEnabled(eyes.script()));
        context.request()
                .post(
                        "/sandbox/sign-in",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData("{\"uinfin\":\"" + uinfin + "\"}"));
        return context.newPage();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
