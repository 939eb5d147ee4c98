package io.consentry.authorization;

import io.consentry.kernel.Handle;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Answers to the client through the person's browser. Each, an error too, names its issuer (FAPI 2.0 §5.3.2.2-7, RFC 9207 §2),
 * so that no other server's can pass for it (RFC 9700 §4.4).
 */
@ApplicationScoped
class Redirects {

    private final String issuer;

    Redirects(Settings settings) {
        this.issuer = settings.issuer();
    }

    /** RFC 6749 §4.1.2; {@code code} first: clients in the field look for it there. The query of the registered URI is kept. */
    URI success(RequestRow request, Handle code) {
        return complete(UriBuilder.fromUri(request.redirectUri).queryParam("code", code.value()), request);
    }

    /** What went wrong goes back to the client in the query (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
    URI failure(RequestRow request, String error, String description) {
        return complete(
                UriBuilder.fromUri(request.redirectUri)
                        .queryParam("error", error)
                        .queryParam("error_description", encode(description)),
                request);
    }

    /** RFC 6749 §4.1.1: the state goes back as it came. */
    private URI complete(UriBuilder uri, RequestRow request) {
        if (request.state != null) {
            uri.queryParam("state", encode(request.state));
        }
        return uri.queryParam("iss", encode(issuer)).build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
