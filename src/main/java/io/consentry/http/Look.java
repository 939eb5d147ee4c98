package io.consentry.http;

import io.consentry.kernel.Settings;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the layout of every page asks for; templates know it as {@code inject:look}. Addresses of assets carry a digest of
 * what they hold, so that browsers may keep them and still see the next version at once.
 */
@Startup
@Named("look")
@ApplicationScoped
public class Look {

    /** Surfaces on which the brand colour must be readable; the same as in consentry.css. */
    private static final Colour LIGHT_SURFACE = Colour.parse("#f6f5f1");

    private static final Colour DARK_SURFACE = Colour.parse("#1a2322");

    private final ThemeSettings theme;
    private final boolean sandbox;
    private final String themeCss;
    private final String themeSheet;
    private final Map<String, String> assets = new ConcurrentHashMap<>();

    Look(ThemeSettings theme, Settings settings) {
        this.theme = theme;
        this.sandbox = settings.isSandbox();
        this.themeCss = css(Colour.parse(theme.primaryColour()));
        this.themeSheet = versioned("theme.css", themeCss.getBytes(StandardCharsets.UTF_8));
    }

    /** What the service calls itself. */
    public String name() {
        return theme.name();
    }

    /** Whether the operator brought a logo; it is at {@code /assets/logo}. */
    public boolean hasLogo() {
        return theme.logo().isPresent();
    }

    /** Whether everybody here is invented. */
    public boolean sandbox() {
        return sandbox;
    }

    /** The address of a file of {@code META-INF/resources/assets}, for example {@code consentry.css}. */
    public String asset(String name) {
        return assets.computeIfAbsent(name, file -> versioned(file, read(file)));
    }

    /** The operator's colours, to be linked after {@code consentry.css}. */
    public String themeSheet() {
        return themeSheet;
    }

    String themeCss() {
        return themeCss;
    }

    private static String css(Colour primary) {
        Colour onLight = primary.readableOn(LIGHT_SURFACE, Colour.READABLE, Colour.BLACK);
        Colour onDark = primary.readableOn(DARK_SURFACE, Colour.EASY, primary.glow());
        return """
                :root { --brand: %s; --brand-ink: %s; }
                @media (prefers-color-scheme: dark) { :root { --brand: %s; --brand-ink: %s; } }
                """.formatted(
                onLight.css(), onLight.ink().css(), onDark.css(), onDark.ink().css());
    }

    private static byte[] read(String name) {
        try (InputStream file = Look.class.getResourceAsStream("/META-INF/resources/assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the program holds no asset " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String versioned(String name, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "/assets/" + name + "?v=" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }
}
