package io.consentry.notice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client gets (RFC 8936 §2.3).
 *
 * @param sets Security Event Tokens by their {@code jti}, of each grant one at most
 * @param moreAvailable whether others wait, of the same grants too
 */
public record PollAnswer(Map<String, String> sets, boolean moreAvailable) {

    public PollAnswer {
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
    }
}
