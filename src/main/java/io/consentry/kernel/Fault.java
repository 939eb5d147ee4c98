package io.consentry.kernel;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, in the one form that crosses packages.
 *
 * @param code the stable code, with its HTTP status and OAuth error
 * @param detail a sentence for the caller; holds no personal value, token or key
 * @param expected what would have been right; shown in the sandbox only
 * @param received what came instead, never a secret; shown in the sandbox only
 * @param suggestedAction what to do next; shown in the sandbox only
 * @param retryAfter when trying again can help; sent as Retry-After (RFC 9110 §10.2.3)
 */
public record Fault(
        FaultCode code,
        String detail,
        Optional<String> expected,
        Optional<String> received,
        Optional<String> suggestedAction,
        Optional<Duration> retryAfter) {

    /** A fault that says no more than its sentence. */
    public static Fault of(FaultCode code, String detail) {
        return new Fault(code, detail, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** This fault with what was expected and what came. */
    public Fault expecting(String wanted, @Nullable String came) {
        return new Fault(code, detail, Optional.of(wanted), Optional.ofNullable(came), suggestedAction, retryAfter);
    }

    /** This fault with advice. */
    public Fault suggesting(String action) {
        return new Fault(code, detail, expected, received, Optional.of(action), retryAfter);
    }

    /** This fault, with the time after which trying again can help. */
    public Fault retryingAfter(Duration wait) {
        return new Fault(code, detail, expected, received, suggestedAction, Optional.of(wait));
    }

    /** This fault, to be thrown up to the edge that answers. */
    public FaultException raise() {
        return new FaultException(this);
    }
}
