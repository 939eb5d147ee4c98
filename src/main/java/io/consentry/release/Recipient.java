package io.consentry.release;

import io.consentry.client.RegisteredClient;
import io.consentry.kernel.AttributeName;
import io.consentry.kernel.GrantId;
import java.util.Optional;
import java.util.Set;

/**
 * To whom goes what is released under a grant: a client, as it is registered now.
 *
 * @param narrowedTo what the client itself asked no more than; all of the grant when empty
 */
record Recipient(GrantId grant, RegisteredClient client, Optional<Set<AttributeName>> narrowedTo) {

    /** The client, with what it did not ask for out of its reach. */
    RegisteredClient withinReach() {
        return narrowedTo.map(client::within).orElse(client);
    }
}
