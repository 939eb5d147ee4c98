package io.consentry.authorization;

import io.consentry.consent.Amendment;
import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import java.net.URI;
import java.util.Optional;

/**
 * A request that cannot be answered any more, or not by whoever came.
 *
 * @param shown whether it was put before somebody, who alone is told what became of it
 * @param lapsed whether its time went by without a decision
 * @param amendment what became of the change that it asked for; empty where it asked for a new grant
 * @param back where its client takes the person up again; empty when that is nowhere
 */
public record ClosedRequest(
        ClientId client,
        GrantId grant,
        boolean shown,
        boolean lapsed,
        Optional<Amendment> amendment,
        Optional<URI> back) {}
