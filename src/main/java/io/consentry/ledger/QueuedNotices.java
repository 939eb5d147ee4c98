package io.consentry.ledger;

import io.consentry.kernel.GrantId;
import java.util.List;

/**
 * What the client of a grant is to be told and has not been: {@link Ledger} puts it into the outbox with its entry, and no entry says
 * so; whoever sends has taken it over from there.
 */
public interface QueuedNotices {

    /** Oldest first; whatever was sent before is older. */
    List<Queued> of(GrantId grant);

    /**
     * One of them.
     *
     * @param event of what
     * @param version the version of the grant that the event made
     */
    record Queued(EventKind event, int version) {}
}
