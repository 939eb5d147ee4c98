package io.consentry.consent;

import io.consentry.catalogue.PurposeVersion;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a client asked for. Changes only by an amendment, for the same grant, client and purpose.
 *
 * @param purpose the template that the request was held to, in the version of that day: how often, how long, how far back
 * @param requested every attribute asked for; an empty set asks only who the person is
 * @param optional those of them that the person may decline and still approve
 * @param requestedAt when, to the millisecond
 */
public record Terms(
        GrantId grantId,
        ClientId clientId,
        PurposeVersion purpose,
        SortedSet<AttributeName> requested,
        SortedSet<AttributeName> optional,
        Instant requestedAt) {

    public Terms {
        requested = copy(requested);
        optional = copy(optional);
        requestedAt = requestedAt.truncatedTo(ChronoUnit.MILLIS);
        if (!requested.containsAll(optional)) {
            throw new IllegalArgumentException("only what is requested can be optional");
        }
    }

    /** The same terms if they may take the place of these; otherwise throws {@code IllegalArgumentException}. */
    Terms succeededBy(Terms next) {
        if (!next.grantId.equals(grantId)
                || !next.clientId.equals(clientId)
                || !next.purpose.code().equals(purpose.code())) {
            throw new IllegalArgumentException("an amendment keeps grant, client and purpose");
        }
        return next;
    }

    static SortedSet<AttributeName> copy(Collection<AttributeName> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
}
