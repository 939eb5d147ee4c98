package io.consentry.person;

import io.consentry.kernel.Handle;
import io.consentry.kernel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;

/**
 * The cookie that holds a session's handle: {@code HttpOnly}, {@code SameSite=Lax} so that it survives the return from a
 * client's site, and under https {@code Secure} with the {@code __Host-} prefix (RFC 6265bis §4.1.3).
 */
@ApplicationScoped
public class SessionCookie {

    private final boolean secure;
    private final String name;

    SessionCookie(Settings settings) {
        this.secure = settings.baseUrl().startsWith("https:");
        this.name = secure ? "__Host-consentry_session" : "consentry_session";
    }

    /** The handle that a request carries, well-formed or not; whether it opens anything, {@link Sessions} knows. */
    public Optional<Handle> read(HttpHeaders headers) {
        Cookie cookie = headers.getCookies().get(name);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .map(Handle::new);
    }

    /** Sets the cookie; it ends with the browser. */
    public NewCookie set(Handle handle) {
        return build(handle.value(), NewCookie.DEFAULT_MAX_AGE);
    }

    /** Removes the cookie. */
    public NewCookie clear() {
        return build("", 0);
    }

    private NewCookie build(String value, int maxAge) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }
}
