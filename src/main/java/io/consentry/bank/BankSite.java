package io.consentry.bank;

import io.consentry.http.ContentPolicy;
import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Handle;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/**
 * The bank as a site of its own: {@code 127.0.0.1}, while the service is {@code localhost}, so that neither sees the other's
 * cookies and each is a stranger to the other's pages.
 */
@ApplicationScoped
class BankSite {

    private static final String COOKIE = "harbour_visit";

    private final URI origin;
    private final String contentPolicy;

    BankSite(Settings settings) {
        this.origin = URI.create(settings.loopbackUrl());
        this.contentPolicy = ContentPolicy.formMayEndAt(URI.create(settings.baseUrl()));
    }

    /** A page of the bank. */
    URI at(String path) {
        return origin.resolve(path);
    }

    URI redirectUri() {
        return at("/bank/callback");
    }

    /** Where the same page is on the bank's own site; empty when the browser is there. */
    Optional<URI> elsewhere(UriInfo request) {
        return origin.getRawAuthority().equals(request.getRequestUri().getRawAuthority())
                ? Optional.empty()
                : Optional.of(at(request.getRequestUri().getRawPath()));
    }

    /** The policy of its pages: "Fill with Consentry" posts to the bank and ends at the service. */
    String contentPolicy() {
        return contentPolicy;
    }

    /** Refuses forms that another site made a browser send; a call that names no origin comes from no browser. */
    void check(HttpHeaders headers) {
        String from = headers.getHeaderString("Origin");
        String site = headers.getHeaderString("Sec-Fetch-Site");
        if ((from != null && !from.equals(origin.toString()))
                || (site != null && !site.equals("same-origin") && !site.equals("none"))) {
            throw Fault.of(FaultCode.CSRF_REFUSED, "Open the bank's page again and repeat what you did there.")
                    .raise();
        }
    }

    Optional<Handle> visit(HttpHeaders headers) {
        return Optional.ofNullable(headers.getCookies().get(COOKIE))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .map(Handle::new);
    }

    NewCookie cookie(Handle visit) {
        return cookie(visit.value(), NewCookie.DEFAULT_MAX_AGE);
    }

    NewCookie noCookie() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/bank")
                .httpOnly(true)
                .secure(origin.getScheme().equals("https"))
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }
}
