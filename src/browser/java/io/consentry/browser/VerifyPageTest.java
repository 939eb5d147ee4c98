package io.consentry.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import io.consentry.browser.Chromium.Eyes;
import io.consentry.testing.Visit;
import io.consentry.verify.TestReceipt;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that checks a receipt, in a real browser, with receipts of a log of the test's own. */
@QuarkusTest
class VerifyPageTest {

    private static final String CLARISSA = "S9812381D";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path files;

    private static Chromium chromium;

    @BeforeAll
    static void open() {
        TestReceipt.write(files);
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void aReceiptIsCheckedStepByStepAndNothingOfItLeavesTheBrowser() {
        Page page = page(Eyes.DESKTOP, "policy");
        var requests = new CopyOnWriteArrayList<Request>();
        page.onRequest(requests::add);

        choose(page, text("included.json"));

        assertThat(page.locator("#verdict"))
                .containsText("Included. The log consentry.test/log has this entry, as number 300.");
        assertThat(page.locator("#steps > li.holds")).hasCount(5);
        assertThat(page.locator("#steps > li.fails")).hasCount(0);
        assertThat(page.locator("#steps")).containsText("The promise. The service has signed");
        assertThat(requests).allMatch(request -> request.method().equals("GET") && request.postData() == null);
        assertThat(requests).extracting(Request::url).containsOnly(Visit.base() + "/.well-known/keys");
        assertThat(Axe.barriers(page, List.of())).isEmpty();
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/verify-page.png")));
    }

    @Test
    void enoughWitnessesMakeItWitnessedAndAPromiseIsNoMoreThanThat() {
        Page page = page(Eyes.DARK, "witnessed-policy");

        choose(page, text("witnessed.json"));
        assertThat(page.locator("#verdict")).containsText("Witnessed.");
        choose(page, text("included.json"));
        assertThat(page.locator("#verdict")).containsText("Included.");
        choose(page, text("promised.json"));
        assertThat(page.locator("#verdict")).containsText("Promised.");

        assertThat(Axe.barriers(page, Axe.OF_COLOURS)).isEmpty();
    }

    @Test
    void everyKindOfTamperingIsRefusedAndNamed() throws IOException {
        Page page = page(Eyes.DESKTOP, "policy");
        String proof = JSON.readTree(text("included.json")).get("proof").asText();
        Map<String, Consumer<ObjectNode>> tampering = new LinkedHashMap<>();
        tampering.put("The event", receipt -> ((ObjectNode) receipt.get("event")).put("client_id", "harbour-bank"));
        tampering.put("The event ", receipt -> receipt.put("opening", "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6g="));
        tampering.put(
                "The event  ", receipt -> receipt.put("leaf_hash", "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6c="));
        tampering.put(
                "The promise",
                receipt ->
                        receipt.put("promise", receipt.get("promise").asText().replace('A', 'B')));
        tampering.put("The promise ", receipt -> ((ObjectNode) receipt.get("log")).put("origin", "other"));
        tampering.put("The proof", receipt -> receipt.put("proof", proof.replace("index 300", "index 301")));
        tampering.put("The checkpoint ", receipt -> receipt.put("proof", proof.replace("\n700\n", "\n701\n")));
        tampering.put("The proof  ", receipt -> receipt.remove("proof"));
        tampering.put(
                "The checkpoint", receipt -> receipt.put("proof", proof.replaceFirst("(?s)\n— [^\n]*\n(?=—)", "\n")));
        tampering.put("The receipt", receipt -> receipt.put("state", "erased"));
        tampering.put("The receipt ", receipt -> receipt.put("more", 1));

        for (var each : tampering.entrySet()) {
            ObjectNode receipt = (ObjectNode) JSON.readTree(text("included.json"));
            each.getValue().accept(receipt);
            choose(page, receipt.toString());

            assertThat(page.locator("#verdict")).containsText("Refused.");
            assertThat(page.locator("#steps > li.fails strong"))
                    .hasText(each.getKey().strip() + ".");
        }
        choose(page, "no JSON");
        assertThat(page.locator("#verdict")).containsText("Refused. The file is no JSON.");
    }

    @Test
    void anotherLogsKeyIsNotBelieved() {
        Page page = page(Eyes.DESKTOP, "policy");
        page.locator("#policy").fill("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

        choose(page, text("included.json"));

        assertThat(page.locator("#verdict")).containsText("signed by none of the keys above");
    }

    @Test
    void byKeyboardTheKeysAreCorrectedAndTheCheckMadeAgain() {
        Page page = page(Eyes.PHONE, "policy");
        page.locator("#policy").fill("nonsense");
        choose(page, text("included.json"));
        assertThat(page.locator("#verdict")).containsText("The keys cannot be used.");

        page.locator("#policy").fill(text("policy"));
        page.locator("#policy").focus();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.locator("#verdict")).containsText("Included.");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isTrue();
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/verify-phone.png")));
    }

    @Test
    void aBrowserWithoutEd25519SaysSoAndChecksAllElse() {
        Page page = chromium.open(Eyes.DESKTOP, CLARISSA);
        page.addInitScript(
                "const original = crypto.subtle.importKey.bind(crypto.subtle);"
                        + "crypto.subtle.importKey = (form, key, algorithm, ...rest) => algorithm === 'Ed25519'"
                        + " ? Promise.reject(new DOMException('no', 'NotSupportedError')) : original(form, key, algorithm, ...rest);");
        visit(page, "policy");

        choose(page, text("included.json"));

        assertThat(page.locator("#verdict")).containsText("Not fully checked.");
        assertThat(page.locator("#steps")).containsText("This browser cannot check Ed25519 signatures");
        assertThat(page.locator("#steps > li.holds")).hasCount(4);
    }

    @Test
    void withoutScriptThePageSaysWhatToUseInstead() {
        Page page = chromium.open(Eyes.WITHOUT_SCRIPT, CLARISSA);
        page.navigate(Visit.base() + "/ledger/verify");

        assertThat(page.locator("main")).containsText("needs JavaScript");
        assertThat(page.locator("#verify").isVisible()).isFalse();
    }

    private static Page page(Eyes eyes, String policy) {
        Page page = chromium.open(eyes, CLARISSA);
        visit(page, policy);
        return page;
    }

    private static void visit(Page page, String policy) {
        page.route(
                "**/.well-known/keys",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(text("keys"))));
        page.navigate(Visit.base() + "/ledger/verify");
        page.locator("#policy").fill(text(policy));
    }

    private static void choose(Page page, String receipt) {
        page.setInputFiles(
                "#file",
                new FilePayload(
                        "my.consent-receipt.json", "application/json", receipt.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(String file) {
        try {
            return Files.readString(files.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
