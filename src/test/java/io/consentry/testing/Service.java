package io.consentry.testing;

import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;

/** The addresses of the service under test. */
public final class Service {

    private Service() {}

    /** The base URL, without a trailing slash. */
    public static String base() {
        return ConfigProvider.getConfig().getValue("consentry.base-url", String.class);
    }

    /** The issuer identifier. */
    public static String issuer() {
        return base() + "/fapi";
    }

    static URI at(String pathOrUrl) {
        return URI.create(pathOrUrl.startsWith("/") ? base() + pathOrUrl : pathOrUrl);
    }
}
