package io.consentry.token;

import io.consentry.kernel.Handle;
import java.time.Duration;

/**
 * An access token as it goes out (RFC 6749 §5.1). Does not print.
 *
 * @param type its {@code token_type}
 * @param lifetime its {@code expires_in}
 */
public record IssuedToken(Handle token, String type, Duration lifetime) {

    @Override
    public String toString() {
        return "IssuedToken[redacted]";
    }
}
