package io.consentry.consent;

import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a client asked for. Does not change while the consent lives.
 *
 * @param requested every attribute asked for; an empty set asks only who the person is
 * @param optional those of them that the person may decline and still approve
 */
public record Terms(
        GrantId grantId,
        ClientId clientId,
        String purpose,
        SortedSet<AttributeName> requested,
        SortedSet<AttributeName> optional,
        Instant requestedAt) {

    public Terms {
        requested = copy(requested);
        optional = copy(optional);
        if (!requested.containsAll(optional)) {
            throw new IllegalArgumentException("only what is requested can be optional");
        }
    }

    static SortedSet<AttributeName> copy(Collection<AttributeName> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
