package io.consentry.http;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that another site made a browser send (RFC 6749 §10.12, RFC 9700 §4.7).
 *
 * <p>Two guards. {@link #check} compares {@code Origin} and {@code Sec-Fetch-Site} with our own origin; a call that
 * carries neither comes from no browser and passes. {@link #checkForm} also demands the token that our page put into its
 * form: a hash of the session's handle, which only a page rendered for that session can know.
 */
@ApplicationScoped
public class SameOrigin {

    private final String ownOrigin;

    SameOrigin(Settings settings) {
        URI base = URI.create(settings.baseUrl());
        this.ownOrigin = base.getScheme() + "://" + base.getRawAuthority();
    }

    /** Throws {@code csrf_refused} when a browser says that the request comes from elsewhere. */
    public void check(HttpHeaders headers) {
        String origin = headers.getHeaderString("Origin");
        String site = headers.getHeaderString("Sec-Fetch-Site");
        boolean foreign = (origin != null && !origin.equals(ownOrigin))
                || (site != null && !site.equals("same-origin") && !site.equals("none"));
        if (foreign) {
            throw refused();
        }
    }

    /** {@link #check}, and the form's token must be that of the session. */
    public void checkForm(HttpHeaders headers, String sessionHandle, @Nullable String token) {
        check(headers);
        if (token == null
                || !MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        token(sessionHandle).getBytes(StandardCharsets.UTF_8))) {
            throw refused();
        }
    }

    /** The token to put into the forms of a session's pages. */
    public String token(String sessionHandle) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("consentry/form/" + sessionHandle).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    private static RuntimeException refused() {
        return Fault.of(FaultCode.CSRF_REFUSED, "Open the page again and repeat what you did there.")
                .raise();
    }
}
