package io.consentry.notice;

import io.consentry.kernel.Fault;
import io.consentry.kernel.FaultCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to fetch events (RFC 8936 §2.2); every member may be absent.
 *
 * @param maxEvents how many at most; 20 when absent, 100 whatever is asked; none with 0, to acknowledge only
 * @param returnImmediately whether to answer at once when there is nothing; otherwise the answer waits up to 20 s
 * @param ack the {@code jti}s of events that the client has
 * @param setErrs by {@code jti}, what is wrong with events that it can do nothing with
 */
public record PollRequest(
        @Nullable Integer maxEvents,
        @Nullable Boolean returnImmediately,
        @Nullable List<@Nullable String> ack,
        @Nullable Map<String, @Nullable Err> setErrs) {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** One error (RFC 8936 §2.6): a code of RFC 8935 §2.4, and a text that is not kept. */
    public record Err(@Nullable String err, @Nullable String description) {}

    int limit() {
        int asked = maxEvents == null ? USUAL : maxEvents;
        if (asked < 0) {
            throw Fault.of(FaultCode.INVALID_PARAMETER, "maxEvents counts from 0.")
                    .expecting("0 or more", "a negative number")
                    .raise();
        }
        return Math.min(asked, MOST);
    }

    boolean mayWait() {
        return !Boolean.TRUE.equals(returnImmediately);
    }

    Set<UUID> acknowledged() {
        return ids(ack == null ? List.of() : ack);
    }

    Map<UUID, ReceiverError> refused() {
        var errors = new HashMap<UUID, ReceiverError>();
        if (setErrs != null) {
            setErrs.forEach((jti, error) -> id(jti).ifPresent(id ->
                    errors.put(id, ReceiverError.ofWire(error == null || error.err() == null ? "" : error.err()))));
        }
        return errors;
    }

    /** What is no id of ours is passed over, as any id that is not the client's. */
    private static Set<UUID> ids(Collection<@Nullable String> texts) {
        var ids = new LinkedHashSet<UUID>();
        texts.forEach(text -> id(text).ifPresent(ids::add));
        return ids;
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
