package io.consentry.authorization;

import io.consentry.kernel.ClientId;
import io.consentry.kernel.GrantId;
import io.consentry.kernel.InteractionId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization request before a person.
 *
 * @param redirectUri where the answer will go: registered, and checked
 * @param decideBy when it lapses
 * @param amendment what it would change, where it is to amend a grant; empty for a new one
 */
public record Interaction(
        InteractionId id,
        ClientId clientId,
        GrantId grantId,
        URI redirectUri,
        Instant decideBy,
        Optional<AmendmentView> amendment) {

    static Interaction of(RequestRow row, Optional<AmendmentView> amendment) {
        return new Interaction(
                new InteractionId(row.id),
                new ClientId(row.clientId),
                new GrantId(row.grantId),
                URI.create(row.redirectUri),
                row.decideBy,
                amendment);
    }
}
