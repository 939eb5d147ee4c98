package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.InteractionId;
import java.net.URI;
import java.time.Instant;

/**
 * An authorization request before a person.
 *
 * @param redirectUri where the answer will go: registered, and checked
 * @param decideBy when it lapses
 */
public record Interaction(InteractionId id, ClientId clientId, GrantId grantId, URI redirectUri, Instant decideBy) {

    static Interaction of(RequestRow row) {
        return new Interaction(
                new InteractionId(row.id),
                new ClientId(row.clientId),
                new GrantId(row.grantId),
                URI.create(row.redirectUri),
                row.decideBy);
    }
}
