package io.consentry.authorization;

import io.consentry.kernel.Handle;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Answers to the client through the person's browser. Each names its issuer (RFC 9207), so that no other server's can pass for it. */
@ApplicationScoped
class Redirects {

    private final String issuer;

    Redirects(Settings settings) {
        this.issuer = settings.issuer();
    }

    /** {@code code} first: clients in the field look for it there. The query of the registered URI is kept. */
    URI success(RequestRow request, Handle code) {
        return complete(UriBuilder.fromUri(request.redirectUri).queryParam("code", code.value()), request);
    }

    URI failure(RequestRow request, String error, String description) {
        return complete(
                UriBuilder.fromUri(request.redirectUri)
                        .queryParam("error", error)
                        .queryParam("error_description", encode(description)),
                request);
    }

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
